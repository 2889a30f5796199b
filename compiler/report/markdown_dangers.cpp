#include "compiler/report/markdown_dangers.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/report/markdown_text.hpp"
#include "compiler/report/words.hpp"

namespace stackc::report {
namespace {

/// Of one line of names: a list that is cut loses few of them.
constexpr std::size_t kNamesOfALine = 25;

class Dangers {
 public:
  Dangers(std::string& out, const Comparison& comparison, const FailOn& fail_on)
      : out_(out), comparison_(comparison), fail_on_(fail_on) {}

  void put_whole(const diff::StackDiff& stack, const diff::Danger& danger, std::size_t facts) {
    begin(level_of(danger, fail_on_));
    out_ += fmt::format("> **{}** {}", diff::name_of(danger.kind), subject(stack, danger));
    if (const auto place = place_text(danger.origin, comparison_); !place.empty()) {
      out_ += fmt::format(" at {}", code(place));
    }
    out_ += fmt::format("\n> {}\n", sentence_text(danger.message));
    put_facts(danger, facts);
    // What helps against one helps against its like: it is said once.
    if (!danger.help.empty() && helped_.insert(danger.help).second) {
      out_ += fmt::format(">\n> {}\n", sentence_text(danger.help));
    }
    if (!danger.acknowledged.empty()) {
      out_ += fmt::format(">\n> Acknowledged: {}\n", sentence_text(danger.acknowledged));
    }
  }

  void put_line(const diff::StackDiff& stack, const diff::Danger& danger) {
    continue_with(level_of(danger, fail_on_));
    out_ += fmt::format("> - **{}** {}: {}\n", diff::name_of(danger.kind), subject(stack, danger),
                        sentence_text(danger.message));
  }

  void put_name(const diff::StackDiff& stack, const diff::Danger& danger) {
    const auto level = level_of(danger, fail_on_);
    const bool goes_on = same_list(stack, danger, level) && names_ < kNamesOfALine;
    if (!goes_on) {
      end_names();
      continue_with(level);
      out_ += fmt::format("> - **{}** in {}: ", diff::name_of(danger.kind), code(stack.name));
      names_ = 0;
    }
    if (names_++ > 0) out_ += ", ";
    out_ += danger.resource.empty() ? sentence_text(danger.message) : code(danger.resource);
    listed_ = {&stack, &danger, level};
  }

  void end_names() {
    if (names_ > 0) out_ += '\n';
    names_ = 0;
  }

 private:
  struct Listed {
    const diff::StackDiff* stack = nullptr;
    const diff::Danger* danger = nullptr;
    Level level{};
  };

  [[nodiscard]] bool same_list(const diff::StackDiff& stack, const diff::Danger& danger, Level level) const {
    return names_ > 0 && listed_.stack == &stack && listed_.danger->kind == danger.kind &&
           listed_.level == level;
  }

  static std::string subject(const diff::StackDiff& stack, const diff::Danger& danger) {
    if (danger.resource.empty()) return code(stack.name);
    return fmt::format("{} / {}", code(stack.name), code(danger.resource));
  }

  void begin(Level level) {
    constexpr std::array<std::string_view, 3> kAlerts{"CAUTION", "WARNING", "NOTE"};
    out_ += fmt::format("\n> [!{}]\n", kAlerts[static_cast<std::size_t>(level)]);
  }

  /// One alert for all that follow each other.
  void continue_with(Level level) {
    if (open_ && open_level_ == level) return;
    begin(level);
    open_ = true;
    open_level_ = level;
  }

  void put_facts(const diff::Danger& danger, std::size_t most) {
    if (danger.facts.empty()) return;
    std::string lines;
    const auto shown = std::min(most, danger.facts.size());
    for (std::size_t i = 0; i < shown; ++i) lines += fmt::format("> {}\n", printable(danger.facts[i]));
    if (shown < danger.facts.size()) lines += fmt::format("> … {} more\n", danger.facts.size() - shown);
    const auto fence = fence_for(lines);
    out_ += fmt::format("> {}diff\n{}> {}\n", fence, lines, fence);
  }

  std::string& out_;
  const Comparison& comparison_;
  const FailOn& fail_on_;
  std::set<std::string_view> helped_;
  bool open_ = false;  // an alert of lines
  Level open_level_{};
  std::size_t names_ = 0;  // on the line
  Listed listed_;
};

}  // namespace

void append_dangers(std::string& out, const diff::ProjectDiff& project, const Comparison& comparison,
                    const FailOn& fail_on, DangerDetail detail, std::size_t facts) {
  Dangers dangers{out, comparison, fail_on};
  for (const auto& stack : project.stacks) {
    for (const auto& danger : stack.dangers) {
      if (detail == DangerDetail::Whole) dangers.put_whole(stack, danger, facts);
      if (detail == DangerDetail::Line) dangers.put_line(stack, danger);
      if (detail == DangerDetail::Name) dangers.put_name(stack, danger);
    }
  }
  dangers.end_names();
}

}  // namespace stackc::report
