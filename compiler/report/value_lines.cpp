#include "compiler/report/value_lines.hpp"

#include <algorithm>
#include <string_view>

#include "compiler/base/text.hpp"
#include "compiler/report/value_text.hpp"

namespace stackc::report {

namespace {

using Row = ValueLines::Row;

/// Of each side; beyond it the rest is counted.
constexpr std::size_t kMostRows = 8;
/// Texts of fewer lines stay on one.
constexpr std::size_t kFewestLines = 3;

/// A literal in source notation, cut where the text has line breaks.
std::vector<std::string> lines_of(const std::string& literal) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t at = 0; at < literal.size(); ++at) {
    if (literal[at] == '\\' && at + 1 < literal.size()) {
      const char next = literal[++at];
      if (next == 'n') {
        lines.push_back(std::move(line));
        line.clear();
      } else {
        if (next != '"' && next != '\\') line += '\\';
        line += next;
      }
    } else {
      line += literal[at];
    }
  }
  if (!line.empty()) lines.push_back(std::move(line));
  return lines;
}

/// A text, with or without values in it.
bool is_text(ir::ValueRef value) {
  return value != nullptr &&
         (value->get_if<std::string_view>() != nullptr || value->call(ir::Fn::Sub) != nullptr ||
          value->call(ir::Fn::SubText) != nullptr || value->call(ir::Fn::Join) != nullptr);
}

/// `Fn::Base64` of a text is the text, for people.
ir::ValueRef inside(ir::ValueRef value) {
  const auto* encoded = value != nullptr ? value->call(ir::Fn::Base64) : nullptr;
  return encoded != nullptr && encoded->args.size() == 1 ? encoded->args[0] : value;
}

std::string unquoted(const std::string& literal) {
  const bool quoted = literal.size() > 1 && literal.front() == '"' && literal.back() == '"';
  return quoted ? literal.substr(1, literal.size() - 2) : literal;
}

void add_rows(std::vector<Row>& rows, char symbol, const std::vector<std::string>& lines, std::size_t from,
              std::size_t to, std::size_t width) {
  const auto shown = std::min(to, from + kMostRows);
  for (auto i = from; i < shown; ++i) rows.push_back({symbol, cut(lines[i], width)});
  if (shown < to) rows.push_back({symbol, fmt::format("… {} more lines", to - shown)});
}

std::vector<Row> different_lines(const std::vector<std::string>& before,
                                 const std::vector<std::string>& after, std::size_t width) {
  const auto shorter = std::min(before.size(), after.size());
  std::size_t head = 0;
  while (head < shorter && before[head] == after[head]) ++head;
  std::size_t tail = 0;
  while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
  std::vector<Row> rows;
  if (head > 0) rows.push_back({' ', cut(before[head - 1], width)});
  if (before.size() - head - tail == 1 && after.size() - head - tail == 1) {
    const auto [a, b] = shortened(before[head], after[head], width);
    rows.push_back({'-', a});
    rows.push_back({'+', b});
  } else {
    add_rows(rows, '-', before, head, before.size() - tail, width);
    add_rows(rows, '+', after, head, after.size() - tail, width);
  }
  if (tail > 0) rows.push_back({' ', cut(before[before.size() - tail], width)});
  return rows;
}

}  // namespace

ValueLines value_lines(ir::ValueRef before, ir::ValueRef after, bool secret, std::size_t width) {
  auto text = change_text(before, after, secret, width);
  ValueLines lines{text.symbol, std::move(text.before), std::move(text.after), {}};
  const auto* a = inside(before);
  const auto* b = inside(after);
  if (secret || !is_text(a) || !is_text(b)) return lines;
  const auto old_lines = lines_of(unquoted(value_text(a)));
  const auto new_lines = lines_of(unquoted(value_text(b)));
  if (std::max(old_lines.size(), new_lines.size()) < kFewestLines) return lines;
  lines.rows = different_lines(old_lines, new_lines, width);
  return lines;
}

std::vector<Row> rows_of(const ValueLines& lines) {
  if (!lines.rows.empty()) return lines.rows;
  std::vector<Row> rows;
  if (!lines.before.empty()) rows.push_back({'-', lines.before});
  if (!lines.after.empty()) rows.push_back({'+', lines.after});
  return rows;
}

}  // namespace stackc::report
