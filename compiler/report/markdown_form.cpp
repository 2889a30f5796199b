// The form for the comment of a pull request.
#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/report/markdown_dangers.hpp"
#include "compiler/report/markdown_text.hpp"
#include "compiler/report/report.hpp"
#include "compiler/report/stack_text.hpp"
#include "compiler/report/words.hpp"

namespace stackc::report {

namespace {

/// GitHub takes 65,536 characters; the rest is for a mark that a pipeline may add. Bytes, of which no
/// character has less than one.
constexpr std::size_t kMostBytes = 65'000;
/// Kept for the lines that say what was left out.
constexpr std::size_t kReserve = 512;

/// How much is told, from all to little. What is more harmless goes first.
struct Detail {
  int listed;            // ranks of changes that stand there
  int detailed;          // with their properties
  std::size_t harmless;  // of those that replace and delete nothing, how many of a stack
  DangerDetail dangers;
  std::size_t facts;      // lines of a danger
  std::string_view what;  // is left out
};
constexpr std::size_t kAll = static_cast<std::size_t>(-1);
constexpr std::size_t kSome = 100;
constexpr std::array<Detail, 9> kDetails{{
    {7, 7, kAll, DangerDetail::Whole, kAll, ""},
    {7, 3, kAll, DangerDetail::Whole, kAll, "the properties of what is created, moved, or updated in place"},
    {7, 3, kSome, DangerDetail::Whole, kAll, "most of what is created, moved, or updated in place"},
    {3, 3, 0, DangerDetail::Whole, kAll, "what is created, moved, or updated in place"},
    {3, -1, 0, DangerDetail::Whole, kAll,
     "all properties, and what is created, moved, or updated in place"},
    {-1, -1, 0, DangerDetail::Whole, kAll, "all changes but the warnings"},
    {-1, -1, 0, DangerDetail::Whole, 3, "all changes but the warnings, of which three lines each are shown"},
    {-1, -1, 0, DangerDetail::Line, 0, "all changes but the warnings, of which a line each is shown"},
    {-1, -1, 0, DangerDetail::Name, 0, "everything but the names of what the warnings are about"},
}};

/// The first column of each line is what colours it in a block of a diff.
std::string coloured(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    at = end + 1;
    const auto first = line.find_first_not_of(' ');
    if (first != std::string::npos && first > 0) {
      const auto rest = std::string_view{line}.substr(first);
      const bool goes = rest.starts_with("-/+") || rest.starts_with("~!");
      if (goes)
        line[0] = '!';
      else if (rest.starts_with("+ "))
        line[0] = '+';
      else if (rest.starts_with("- "))
        line[0] = '-';
      if (first > 2 && line[0] != ' ' && !goes) line[first] = ' ';  // the symbol moved
    }
    out += line;
    out += '\n';
  }
  return out;
}

/// `git:8e9224da88` of the whole name of a commit: nobody reads more of it.
std::string side_name(std::string_view name) {
  constexpr std::string_view kGit = "git:";
  constexpr std::size_t kHash = 40, kShown = 10;
  if (!name.starts_with(kGit)) return std::string{name};
  const auto digits = name.find_first_not_of("0123456789abcdef", kGit.size());
  const auto end = std::min(digits, name.size());
  if (end != kGit.size() + kHash) return std::string{name};
  return fmt::format("{}{}", name.substr(0, kGit.size() + kShown), name.substr(end));
}

class MarkdownForm {
 public:
  MarkdownForm(const Comparison& comparison, const Options& options)
      : comparison_(comparison), options_(options) {}

  std::string draw() {
    std::string text;
    for (const auto& detail : kDetails) {
      text = draw(detail);
      if (text.size() <= kMostBytes) return text;
    }
    return truncated(std::move(text));
  }

 private:
  std::string draw(const Detail& detail) {
    std::vector<std::string> bodies;
    for (const auto& project : comparison_.projects) bodies.push_back(body(project, detail));
    std::string text = fmt::format("### What a deployment would do\n\n{} → {}\n", code(side_name(comparison_.old_name)),
                                   code(side_name(comparison_.new_name)));
    for (const auto& group : grouped(comparison_.projects, bodies)) {
      if (const auto name = group_name(group); !name.empty()) text += fmt::format("\n#### {}\n", html(name));
      text += bodies[static_cast<std::size_t>(group.project - comparison_.projects.data())];
    }
    if (!detail.what.empty()) {
      text += fmt::format("\n*Too much for a comment: left out is {}. `stackc diff` shows all of it.*\n",
                          detail.what);
    }
    return text;
  }

  std::string body(const diff::ProjectDiff& project, const Detail& detail) {
    auto text = fmt::format("\n**{}**\n", headline(project, options_.fail_on));
    append_dangers(text, project, comparison_, options_.fail_on, detail.dangers, detail.facts);
    if (detail.listed < 0) return text;
    for (const auto& stack : project.stacks) add_stack(text, stack, detail);
    return text;
  }

  void add_stack(std::string& text, const diff::StackDiff& stack, const Detail& detail) {
    StackTextOptions options;
    options.listed = detail.listed;
    options.detailed = detail.detailed;
    options.harmless = detail.harmless;
    std::string lines;
    append_stack(lines, stack, comparison_, options);
    lines.erase(0, lines.find('\n') + 1);  // the heading
    const auto totals = totals_text(stack.totals);
    text += fmt::format("\n<details><summary><b>{}</b>{}{}{}</summary>\n", html(stack.name),
                        stack.added     ? " (a new stack)"
                        : stack.removed ? " (the stack is gone)"
                                        : "",
                        totals.empty() ? "" : ": ", totals);
    const auto fence = fence_for(lines);
    if (!lines.empty()) text += fmt::format("\n{}diff\n{}{}\n", fence, coloured(lines), fence);
    text += "\n</details>\n";
  }

  /// Not even the names of what is in danger fit: as many as do, and the number of the others.
  static std::string truncated(std::string text) {
    constexpr std::string_view kItem = "\n> - ";
    constexpr std::string_view kBetweenNames = "`, `";
    const auto end = std::min(text.rfind(kItem, kMostBytes - kReserve), text.size());
    std::size_t left_out = 0;
    for (const auto mark : {kItem, kBetweenNames}) {
      for (auto at = text.find(mark, end); at != std::string::npos; at = text.find(mark, at + 1)) ++left_out;
    }
    text.resize(end);
    text += fmt::format("\n\n**{} more warnings do not fit into a comment: `stackc diff` shows them.**\n",
                        left_out);
    return text;
  }

  const Comparison& comparison_;
  const Options& options_;
};

}  // namespace

std::string render_markdown(const Comparison& comparison, const Options& options) {
  return MarkdownForm{comparison, options}.draw();
}

}  // namespace stackc::report
