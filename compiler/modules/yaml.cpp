#include "compiler/modules/yaml.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "compiler/base/text.hpp"

namespace stackc::yaml {

namespace {

constexpr int kMaxDepth = 64;
constexpr int kMaxNodes = 100'000;  // aliases can make a small file endless

struct Failure {
  std::string reason;  // empty: none
  std::uint32_t at = 0;
};

class Reader {
 public:
  Reader(std::string_view text, FileId file, bool once = false) : text_(text), file_(file), once_(once) {
    if (text.starts_with("\xEF\xBB\xBF")) bom_ = 3;
  }

  Node read(Failure& failure) {
    try {
      const auto root = YAML::Load(std::string{text_});
      return convert(root, 0, failure);
    } catch (const YAML::Exception& e) {
      if (failure.reason.empty()) failure = {e.msg, offset(e.mark)};
    } catch (const std::exception& e) {
      if (failure.reason.empty()) failure = {e.what(), 0};
    }
    return {};
  }

 private:
  std::uint32_t offset(const YAML::Mark& mark) const {
    if (mark.is_null() || mark.pos < 0) return 0;
    return std::min(static_cast<std::uint32_t>(mark.pos) + bom_, static_cast<std::uint32_t>(text_.size()));
  }

  /// Where a scalar ends: after its closing quote, or after as many bytes as it has on its first line.
  std::uint32_t end_of_scalar(std::uint32_t begin, const std::string& value) const {
    const auto size = static_cast<std::uint32_t>(text_.size());
    if (begin < size && (text_[begin] == '"' || text_[begin] == '\'')) {
      const char quote = text_[begin];
      for (std::uint32_t i = begin + 1; i < size; ++i) {
        if (text_[i] == '\\' && quote == '"') {
          ++i;
        } else if (text_[i] == quote) {
          return i + 1;
        }
      }
    }
    const auto line_end = std::min<std::size_t>(text_.find('\n', begin), size);
    return static_cast<std::uint32_t>(
        std::min<std::size_t>(begin + std::max<std::size_t>(value.size(), 1), line_end));
  }

  Node convert(const YAML::Node& from, int depth, Failure& failure) {
    Node node;
    if (!failure.reason.empty()) return node;
    const auto begin = offset(from.Mark());
    if (depth > kMaxDepth || ++count_ > kMaxNodes) {
      failure = {depth > kMaxDepth ? "nested too deeply" : "too many values", begin};
      return node;
    }
    node.span = span(begin, begin + (begin < text_.size() ? 1 : 0));
    switch (from.Type()) {
      case YAML::NodeType::Undefined:
      case YAML::NodeType::Null:
        break;
      case YAML::NodeType::Scalar:
        node.kind = Kind::Scalar;
        node.text = from.Scalar();
        node.quoted = from.Tag() != "?" && !from.Tag().empty();
        node.span = span(begin, end_of_scalar(begin, node.text));
        break;
      case YAML::NodeType::Sequence:
        node.kind = Kind::List;
        for (const auto& item : from) node.items.push_back(convert(item, depth + 1, failure));
        break;
      case YAML::NodeType::Map: {
        node.kind = Kind::Map;
        std::set<std::string> keys;
        for (const auto& pair : from) {
          auto key = convert(pair.first, depth + 1, failure);
          if (key.kind != Kind::Scalar && failure.reason.empty()) {
            failure = {"a key must be a plain word", offset(pair.first.Mark())};
          }
          if (once_ && failure.reason.empty() && !keys.insert(key.text).second) {
            failure = {fmt::format("the key `{}` is given twice", key.text), offset(pair.first.Mark())};
          }
          node.pairs.push_back({std::move(key), convert(pair.second, depth + 1, failure)});
        }
        break;
      }
    }
    return node;
  }

  Span span(std::uint32_t begin, std::uint32_t end) const {
    return file_.valid() ? Span{file_, begin, end} : Span{};
  }

  std::string_view text_;
  FileId file_;
  bool once_;
  std::uint32_t bom_ = 0;
  int count_ = 0;
};

bool is_integer(std::string_view s) {
  if (s.starts_with('-') || s.starts_with('+')) s.remove_prefix(1);
  return !s.empty() && std::ranges::all_of(s, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_decimal(std::string_view s) {
  const auto dot = s.find('.');
  if (dot == std::string_view::npos) return false;
  const auto fraction = s.substr(dot + 1);
  return is_integer(s.substr(0, dot)) && !fraction.starts_with('-') && !fraction.starts_with('+') &&
         is_integer(fraction);
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const auto& [k, v] : pairs) {
    if (k.text == key) return &v;
  }
  return nullptr;
}

ScalarKind scalar_kind(const Node& scalar) {
  const auto& s = scalar.text;
  if (scalar.quoted) return ScalarKind::String;
  if (s.empty() || s == "~" || s == "null" || s == "Null" || s == "NULL") return ScalarKind::Null;
  for (const auto* word : {"true", "True", "TRUE", "false", "False", "FALSE"}) {
    if (s == word) return ScalarKind::Bool;
  }
  if (is_integer(s)) return ScalarKind::Int;
  return is_decimal(s) ? ScalarKind::Decimal : ScalarKind::String;
}

Node parse(const SourceMap& sources, FileId file, Sink& sink, bool& ok) {
  Failure failure;
  auto node = Reader{sources.text(file), file}.read(failure);
  ok = failure.reason.empty();
  if (!ok) {
    sink.report(Code::ProjectSyntax, Span{file, failure.at, failure.at},
                fmt::format("`{}` is not valid YAML: {}", sources.path(file), failure.reason));
  }
  return node;
}

Node parse_text(std::string_view text, std::string& reason) {
  Failure failure;
  auto node = Reader{text, FileId{}}.read(failure);
  reason = failure.reason;
  return node;
}

Node parse_data(std::string_view text, std::string& reason, std::size_t& at) {
  return parse_data(text, FileId{}, reason, at);
}

Node parse_data(std::string_view text, FileId file, std::string& reason, std::size_t& at) {
  Failure failure;
  auto node = Reader{text, file, true}.read(failure);
  reason = failure.reason;
  at = failure.at;
  return node;
}

}  // namespace stackc::yaml
