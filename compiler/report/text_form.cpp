// The form for a terminal.
#include <array>
#include <utility>

#include "compiler/base/text.hpp"
#include "compiler/diag/paint.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/report/report.hpp"
#include "compiler/report/stack_text.hpp"
#include "compiler/report/words.hpp"

namespace stackc::report {

namespace {

class TextForm {
 public:
  TextForm(const Comparison& comparison, const Options& options)
      : comparison_(comparison), options_(options) {}

  std::string draw() {
    std::vector<std::string> bodies;
    for (const auto& project : comparison_.projects) bodies.push_back(body(project));
    const auto groups = grouped(comparison_.projects, bodies);
    std::string text;
    for (const auto& group : groups) {
      if (!text.empty()) text += '\n';
      Painter paint{text, options_.colour};
      if (const auto name = group_name(group); !name.empty()) {
        paint.put(fmt::format("{}: ", name), Style::Secondary);
      }
      const auto index = static_cast<std::size_t>(group.project - comparison_.projects.data());
      text += bodies[index];
    }
    return text;
  }

 private:
  std::string body(const diff::ProjectDiff& project) {
    std::string text;
    Painter paint{text, options_.colour};
    paint_ = &paint;
    put(headline(project, options_.fail_on), Style::Message);
    end();
    for (const auto& stack : project.stacks) {
      for (const auto& danger : stack.dangers) put_danger(stack, danger);
    }
    StackTextOptions options;
    options.colour = options_.colour;
    options.width = options_.width;
    for (const auto& stack : project.stacks) {
      text += '\n';
      append_stack(text, stack, comparison_, options);
    }
    return text;
  }

  // ---------------------------------------------------------------- dangers

  void put_danger(const diff::StackDiff& stack, const diff::Danger& danger) {
    end();
    constexpr std::array<std::pair<std::string_view, Style>, 3> kWords{
        {{"error", Style::Error}, {"warning", Style::Warning}, {"note", Style::Note}}};
    const auto& [word, style] = kWords[static_cast<std::size_t>(level_of(danger, options_.fail_on))];
    put(fmt::format("{}[{}]", word, diff::name_of(danger.kind)), style);
    put(fmt::format(": {}", printable(danger.message)), Style::Message);
    end();
    const auto place = place_text(danger.origin, comparison_);
    put("  --> ", Style::Gutter);
    put(printable(stack.name));
    if (!danger.resource.empty()) put(fmt::format(" / {}", printable(danger.resource)));
    if (!place.empty()) put(fmt::format(", {}", place));
    end();
    for (const auto& fact : danger.facts) {
      put("   | ", Style::Gutter);
      put(printable(fact));
      end();
    }
    if (!danger.help.empty()) put_note("help", danger.help, Style::Help);
    if (!danger.acknowledged.empty()) put_note("acknowledged", std::string{danger.acknowledged}, Style::Help);
  }

  void put_note(std::string_view word, const std::string& text, Style style) {
    put("   = ", Style::Gutter);
    put(word, style);
    put(fmt::format(": {}", printable(text)));
    end();
  }

  void put(std::string_view text, Style style = Style::Plain) { paint_->put(text, style); }
  void end() { paint_->end_line(); }

  const Comparison& comparison_;
  const Options& options_;
  Painter* paint_ = nullptr;
};

}  // namespace

std::string render_text(const Comparison& comparison, const Options& options) {
  return TextForm{comparison, options}.draw();
}

}  // namespace stackc::report
