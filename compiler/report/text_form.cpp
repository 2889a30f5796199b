// The form for a terminal.
#include <array>
#include <utility>

#include "compiler/base/text.hpp"
#include "compiler/diag/paint.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/diag/wrap.hpp"
#include "compiler/report/report.hpp"
#include "compiler/report/stack_text.hpp"
#include "compiler/report/words.hpp"

namespace stackc::report {

namespace {

constexpr std::size_t kIndent = 4;  // of the further lines of a sentence

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
    for (const auto& line : lines_of(headline(project, options_.fail_on), 0)) {
      put(line, Style::Message);
      end();
    }
    for (const auto& stack : project.stacks) {
      for (const auto& danger : stack.dangers) put_danger(stack, danger);
    }
    StackTextOptions options;
    options.colour = options_.colour;
    options.width = options_.width;
    options.wrap = options_.wrap;
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
    const auto head = fmt::format("{}[{}]: ", word, diff::name_of(danger.kind));
    put(head.substr(0, head.size() - 2), style);
    put(": ", Style::Message);
    // The second line starts further left than the first, which the head takes up.
    const auto message = std::string(head.size() - kIndent, ' ') + printable(danger.message);
    bool first = true;
    for (const auto& line : lines_of(message, kIndent)) {
      if (!first) put(std::string(kIndent, ' '));
      put(first ? line.substr(head.size() - kIndent) : line, Style::Message);
      end();
      first = false;
    }
    put_place(stack, danger);
    for (const auto& fact : danger.facts) put_block("   | ", Style::Gutter, {}, {}, fact);
    if (!danger.help.empty()) put_block("   = ", Style::Gutter, "help: ", Style::Help, danger.help);
    if (!danger.acknowledged.empty()) {
      put_block("   = ", Style::Gutter, "acknowledged: ", Style::Help, danger.acknowledged);
    }
  }

  void put_place(const diff::StackDiff& stack, const diff::Danger& danger) {
    const auto place = place_text(danger.origin, comparison_);
    put("  --> ", Style::Gutter);
    put(printable(stack.name));
    if (!danger.resource.empty()) put(fmt::format(" / {}", printable(danger.resource)));
    if (!place.empty()) put(fmt::format(", {}", place));
    end();
  }

  /// A gutter, a word, and a text whose further lines stand below its first. Without a word each has the gutter.
  void put_block(std::string_view gutter, Style gutter_style, std::string_view word, Style style,
                 std::string_view text) {
    const bool bare = word.empty();
    const auto indent = gutter.size() + (bare ? 2 : word.size());
    bool first = true;
    for (const auto& line : lines_of(printable(text), indent)) {
      if (first || bare) put(gutter, gutter_style);
      if (first && !bare) put(word.substr(0, word.size() - 2), style);
      if (first && !bare) put(": ");
      if (!first) put(std::string(bare ? 2 : indent, ' '));
      put(line);
      end();
      first = false;
    }
  }

  /// `text` in lines that end before the edge when they begin at the column `indent`.
  [[nodiscard]] std::vector<std::string> lines_of(const std::string& text, std::size_t indent) const {
    if (!options_.wrap) return {text};
    constexpr std::size_t kLeast = 20;
    const auto room = options_.width > indent + kLeast ? options_.width - indent : kLeast;
    return wrapped(text, static_cast<std::uint32_t>(room));
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
