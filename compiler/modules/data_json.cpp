#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "compiler/base/text.hpp"
#include "compiler/modules/data_files.hpp"

namespace stackc {

namespace {

constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxNodes = 100'000;

/// Events of the parser, put together.
class Reader final : public nlohmann::json_sax<nlohmann::json> {
 public:
  yaml::Node root;
  std::string reason;
  std::size_t at = 0;

  bool null() override { return add({}); }
  bool boolean(bool v) override { return scalar(v ? "true" : "false", false); }
  bool number_integer(number_integer_t v) override { return scalar(fmt::format("{}", v), false); }
  bool number_unsigned(number_unsigned_t v) override { return scalar(fmt::format("{}", v), false); }
  bool number_float(number_float_t, const string_t& text) override { return scalar(text, false); }
  bool string(string_t& v) override { return scalar(v, true); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(yaml::Kind::Map); }
  bool start_array(std::size_t) override { return open(yaml::Kind::List); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(string_t& v) override {
    yaml::Node& map = *open_.back();
    if (!keys_.back().insert(v).second) return stop(fmt::format("the key `{}` is given twice", v));
    yaml::Node name;
    name.kind = yaml::Kind::Scalar;
    name.text = v;
    name.quoted = true;
    map.pairs.push_back({std::move(name), {}});
    return true;
  }
  bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception& e) override {
    if (!reason.empty()) return false;
    at = position > 0 ? position - 1 : 0;
    // `[json.exception.parse_error.101] parse error at line 1, column 2: syntax error while …`
    std::string_view text = e.what();
    if (const auto colon = text.find(": "); colon != std::string_view::npos) text.remove_prefix(colon + 2);
    reason = text;
    return false;
  }

 private:
  bool stop(std::string why) {
    reason = std::move(why);
    return false;
  }
  bool scalar(std::string text, bool quoted) {
    yaml::Node node;
    node.kind = yaml::Kind::Scalar;
    node.text = std::move(text);
    node.quoted = quoted;
    return add(std::move(node));
  }
  yaml::Node* place(yaml::Node node) {
    if (open_.empty()) {
      root = std::move(node);
      return &root;
    }
    yaml::Node& parent = *open_.back();
    if (parent.kind == yaml::Kind::List) return &parent.items.emplace_back(std::move(node));
    parent.pairs.back().second = std::move(node);
    return &parent.pairs.back().second;
  }
  bool add(yaml::Node node) {
    if (++count_ > kMaxNodes) return stop("too many values");
    place(std::move(node));
    return true;
  }
  bool open(yaml::Kind kind) {
    if (open_.size() >= kMaxDepth) return stop("nested too deeply");
    if (++count_ > kMaxNodes) return stop("too many values");
    yaml::Node node;
    node.kind = kind;
    open_.push_back(place(std::move(node)));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    open_.pop_back();
    keys_.pop_back();
    return true;
  }

  // A parent's list does not grow while one of its parts is open.
  std::vector<yaml::Node*> open_;
  std::vector<std::set<std::string, std::less<>>> keys_;  // of `open_`
  std::size_t count_ = 0;
};

}  // namespace

yaml::Node parse_json(std::string_view text, std::string& reason, std::size_t& at) {
  Reader reader;
  try {
    const bool ok = nlohmann::json::sax_parse(text.begin(), text.end(), &reader);
    if (!ok && reader.reason.empty()) reader.reason = "not JSON";
  } catch (const std::exception& e) {
    reader.reason = e.what();
  }
  reason = reader.reason;
  at = reader.at;
  return std::move(reader.root);
}

}  // namespace stackc
