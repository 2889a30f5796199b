// The form for the comment of a pull request.
#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"
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
  int listed;             // ranks of changes that stand there
  int detailed;           // with their properties
  std::size_t facts;      // lines of a danger
  std::string_view what;  // is left out
};
constexpr std::size_t kAllFacts = static_cast<std::size_t>(-1);
constexpr std::array<Detail, 6> kDetails{{
    {7, 7, kAllFacts, ""},
    {7, 3, kAllFacts, "the properties of what is created, moved, or updated in place"},
    {3, 3, kAllFacts, "what is created, moved, or updated in place"},
    {3, -1, kAllFacts, "all properties, and what is created, moved, or updated in place"},
    {-1, -1, kAllFacts, "all changes but the warnings"},
    {-1, -1, 3, "all changes but the warnings, of which three lines each are shown"},
}};

/// Text of a sentence: code stays in its backticks, what would be markup elsewhere is shown as it is. A
/// backtick that nothing closes is none.
std::string sentence_text(std::string_view message) {
  const auto text = printable(message);
  const auto last = static_cast<std::size_t>(std::ranges::count(text, '`')) / 2 * 2;
  std::string out;
  std::size_t ticks = 0;
  for (const char c : text) {
    const bool code = ticks % 2 == 1;
    if (c == '`' && ticks < last) {
      ++ticks;
      out += c;
    } else if (!code && std::string_view{"\\`*_[]<>|~#"}.find(c) != std::string_view::npos) {
      out += '\\';
      out += c;
    } else if (!code && c == '@') {
      out += "&#64;";  // nobody is called by a name in a template
    } else if (!code && c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string longest_ticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return std::string(std::max<std::size_t>(longest + 1, 3), '`');
}

std::string code(std::string_view text) {
  const auto shown = printable(text);
  if (shown.find('`') == std::string::npos) return fmt::format("`{}`", shown);
  const auto fence = longest_ticks(shown);
  return fmt::format("{} {} {}", fence, shown, fence);
}

std::string html(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '&')
      out += "&amp;";
    else if (c == '@')
      out += "&#64;";
    else
      out += c;
  }
  return out;
}

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
    for (const auto& stack : project.stacks) {
      for (const auto& danger : stack.dangers) add_danger(text, stack, danger, detail);
    }
    if (detail.listed < 0) return text;
    for (const auto& stack : project.stacks) add_stack(text, stack, detail);
    return text;
  }

  void add_danger(std::string& text, const diff::StackDiff& stack, const diff::Danger& danger,
                  const Detail& detail) {
    constexpr std::array<std::string_view, 3> kAlerts{"CAUTION", "WARNING", "NOTE"};
    text += fmt::format("\n> [!{}]\n", kAlerts[static_cast<std::size_t>(level_of(danger, options_.fail_on))]);
    text += fmt::format("> **{}** {}{}{}", diff::name_of(danger.kind), code(stack.name),
                        danger.resource.empty() ? "" : " / ",
                        danger.resource.empty() ? "" : code(danger.resource));
    if (const auto place = place_text(danger.origin, comparison_); !place.empty()) {
      text += fmt::format(" at {}", code(place));
    }
    text += fmt::format("\n> {}\n", sentence_text(danger.message));
    add_facts(text, danger, detail);
    if (!danger.help.empty()) text += fmt::format(">\n> {}\n", sentence_text(danger.help));
    if (!danger.acknowledged.empty()) {
      text += fmt::format(">\n> Acknowledged: {}\n", sentence_text(danger.acknowledged));
    }
  }

  static void add_facts(std::string& text, const diff::Danger& danger, const Detail& detail) {
    if (danger.facts.empty()) return;
    std::string lines;
    const auto shown = std::min(detail.facts, danger.facts.size());
    for (std::size_t i = 0; i < shown; ++i) lines += fmt::format("> {}\n", printable(danger.facts[i]));
    if (shown < danger.facts.size()) lines += fmt::format("> … {} more\n", danger.facts.size() - shown);
    const auto fence = longest_ticks(lines);
    text += fmt::format("> {}diff\n{}> {}\n", fence, lines, fence);
  }

  void add_stack(std::string& text, const diff::StackDiff& stack, const Detail& detail) {
    StackTextOptions options;
    options.listed = detail.listed;
    options.detailed = detail.detailed;
    std::string lines;
    append_stack(lines, stack, comparison_, options);
    lines.erase(0, lines.find('\n') + 1);  // the heading
    const auto totals = totals_text(stack.totals);
    text += fmt::format("\n<details><summary><b>{}</b>{}{}{}</summary>\n", html(stack.name),
                        stack.added     ? " (a new stack)"
                        : stack.removed ? " (the stack is gone)"
                                        : "",
                        totals.empty() ? "" : ": ", totals);
    const auto fence = longest_ticks(lines);
    if (!lines.empty()) text += fmt::format("\n{}diff\n{}{}\n", fence, coloured(lines), fence);
    text += "\n</details>\n";
  }

  /// Not even the dangers fit: as many of them as do, whole, and the number of the others.
  static std::string truncated(std::string text) {
    auto end = text.rfind("\n> [!", kMostBytes - kReserve);
    if (end == std::string::npos) end = text.find('\n');
    std::size_t left_out = 0;
    for (auto at = text.find("\n> [!", end); at != std::string::npos; at = text.find("\n> [!", at + 1))
      ++left_out;
    text.resize(end);
    text += fmt::format("\n**{} more warnings do not fit into a comment: `stackc diff` shows them.**\n",
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
