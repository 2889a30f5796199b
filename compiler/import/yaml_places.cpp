#include "compiler/import/yaml_places.hpp"

#include <algorithm>

namespace stackc::cfn {
namespace {

constexpr std::string_view kSpace = " \t\r\n";

char at_or_end(std::string_view yaml, std::size_t at) { return at < yaml.size() ? yaml[at] : '\n'; }

std::size_t end_of_line(std::string_view yaml, std::size_t at) {
  return std::min(yaml.find('\n', std::min(at, yaml.size())), yaml.size());
}

/// Behind white space and comments.
std::size_t skip_space(std::string_view yaml, std::size_t at) {
  while (true) {
    at = std::min(yaml.find_first_not_of(kSpace, at), yaml.size());
    if (at_or_end(yaml, at) != '#') return at;
    at = end_of_line(yaml, at);
  }
}

/// npos when it is not closed.
std::size_t end_of_quoted(std::string_view yaml, std::size_t at) {
  const char quote = yaml[at];
  for (++at; at < yaml.size(); ++at) {
    if (quote == '"' && yaml[at] == '\\') {
      ++at;
    } else if (yaml[at] == quote) {
      if (quote == '"' || at_or_end(yaml, at + 1) != quote) return at + 1;
      ++at;
    }
  }
  return std::string_view::npos;
}

/// A plain scalar folds each stretch of white space that holds a line break.
std::size_t end_of_plain(std::string_view yaml, std::size_t at, std::string_view value) {
  for (const char c : value) {
    if (c == '\n' || c == ' ') {
      at = std::min(yaml.find_first_not_of(kSpace, at), yaml.size());
    } else if (at_or_end(yaml, at) == c) {
      ++at;
    }
  }
  return std::min(at, yaml.size());
}

bool is_block(char c) { return c == '|' || c == '>'; }

/// Behind the `lines` lines that follow the one of `at`.
std::size_t skip_lines(std::string_view yaml, std::size_t at, std::size_t lines) {
  at = end_of_line(yaml, at);
  for (; lines > 0 && at < yaml.size(); --lines) at = end_of_line(yaml, at + 1);
  return at;
}

/// Behind the last line that is indented at least like the first one.
std::size_t skip_indented(std::string_view yaml, std::size_t at) {
  std::size_t end = end_of_line(yaml, at);
  std::size_t indent = 0;
  for (std::size_t line = end; line < yaml.size();) {
    const std::size_t begin = line + 1;
    line = end_of_line(yaml, begin);
    const std::size_t first = std::min(yaml.find_first_not_of(' ', begin), yaml.size());
    if (first >= line || yaml[first] == '\r') continue;  // a blank line counts if another one follows
    if (indent == 0) indent = first - begin;
    if (first - begin < indent) break;
    end = line;
  }
  return end;
}

std::size_t end_of_block(std::string_view yaml, std::size_t at, std::string_view value) {
  if (value.find_first_not_of('\n') == std::string_view::npos) return end_of_line(yaml, at);
  const std::string_view header = yaml.substr(at, end_of_line(yaml, at) - at);
  const bool states_indent =
      header.substr(0, header.find(' ')).find_first_of("123456789") != std::string_view::npos;
  if (yaml[at] == '>' || !states_indent) return skip_indented(yaml, at);
  const auto breaks = static_cast<std::size_t>(std::count(value.begin(), value.end(), '\n'));
  return skip_lines(yaml, at, breaks + (value.ends_with('\n') ? 0 : 1));
}

}  // namespace

std::size_t end_of_word(std::string_view yaml, std::size_t at) {
  return std::min(yaml.find_first_of(" \t\r\n,[]{}", at), yaml.size());
}

std::size_t begin_of_content(std::string_view yaml, std::size_t at) {
  while (at_or_end(yaml, at) == '!' || at_or_end(yaml, at) == '&') {
    at = skip_space(yaml, end_of_word(yaml, at));
  }
  return at;
}

std::size_t end_of_scalar(std::string_view yaml, std::size_t at, std::string_view value) {
  const char first = at_or_end(yaml, at);
  if (first == '"' || first == '\'') return std::min(end_of_quoted(yaml, at), yaml.size());
  if (is_block(first)) return end_of_block(yaml, at, value);
  return end_of_plain(yaml, at, value);
}

bool is_closed(std::string_view yaml, std::size_t at) {
  return end_of_quoted(yaml, at) != std::string_view::npos;
}

bool is_marked_as_key(std::string_view yaml, std::size_t begin, std::size_t end) {
  const std::size_t next = yaml.find_first_not_of(" \t", end);
  if (at_or_end(yaml, next) == ':') return true;
  const std::size_t before = begin == 0 ? std::string_view::npos : yaml.find_last_not_of(kSpace, begin - 1);
  return before != std::string_view::npos && yaml[before] == '?';
}

std::size_t end_of_flow(std::string_view yaml, std::size_t at) {
  while (true) {
    at = skip_space(yaml, at);
    const char c = at_or_end(yaml, at);
    if (c == ']' || c == '}') return at + 1;
    if (c != ',' && c != ':' && c != '?') return at;
    ++at;
  }
}

Stretch stretch_of_scalar(std::string_view yaml, std::size_t at, std::size_t end) {
  return {is_block(at_or_end(yaml, at)) ? std::min(end_of_line(yaml, at), end) : at, end};
}

std::vector<Comment> comments_of(std::string_view yaml, const std::vector<Stretch>& scalars, FileId file,
                                 std::uint32_t skipped) {
  std::vector<Comment> comments;
  auto scalar = scalars.begin();
  std::size_t line = 0;  // where the line at hand begins
  bool blank = true;     // is there only white space on it so far?
  for (std::size_t at = 0; at < yaml.size(); ++at) {
    while (scalar != scalars.end() && scalar->end <= at) ++scalar;
    if (scalar != scalars.end() && scalar->begin <= at) {
      at = scalar->end - 1;
      blank = false;
      continue;
    }
    const char c = yaml[at];
    if (c == '\n') {
      line = at + 1;
      blank = true;
    } else if (c == '#' && (at == line || kSpace.find(yaml[at - 1]) != std::string_view::npos)) {
      std::size_t end = end_of_line(yaml, at);
      while (end > at && kSpace.find(yaml[end - 1]) != std::string_view::npos) --end;
      std::string_view text = yaml.substr(at + 1, end - at - 1);
      if (text.starts_with(' ')) text.remove_prefix(1);
      const auto begin_in_file = static_cast<std::uint32_t>(at) + skipped;
      comments.push_back({{file, begin_in_file, static_cast<std::uint32_t>(end) + skipped}, text, blank});
      at = end - 1;
    } else if (c != ' ' && c != '\t' && c != '\r') {
      blank = false;
    }
  }
  return comments;
}

}  // namespace stackc::cfn
