#include "compiler/emit/sub_text.hpp"

#include <algorithm>

namespace stackc::emit {
namespace {

using ir::Fn;

bool is_word(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

const std::string_view* text_of(ir::ValueRef v) { return v->get_if<std::string_view>(); }

std::string last_word(std::string_view text) {
  std::size_t end = text.size();
  while (end > 0 && !is_word(text[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && is_word(text[begin - 1])) --begin;
  return std::string(text.substr(begin, end - begin));
}

std::string only_words(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), is_word);
  return out;
}

/// The name that says most about `v`; empty when nothing does.
std::string name_for(ir::ValueRef v) {
  const auto* call = v->get_if<ir::Call>();
  if (const auto* text = text_of(v)) return last_word(*text);
  if (call == nullptr || call->args.empty()) return {};
  switch (call->fn) {
    case Fn::Ref:
    case Fn::FindInMap:
    case Fn::Condition:
    case Fn::If:
    case Fn::ImportValue: return name_for(call->args[0]);
    case Fn::GetAtt:
    case Fn::Sub: return name_for(call->args.back());
    case Fn::Select:
    case Fn::Split: return call->args.size() > 1 ? name_for(call->args[1]) : std::string();
    default: return {};
  }
}

class Composer {
 public:
  explicit Composer(std::span<const ir::ValueRef> parts) {
    for (ir::ValueRef part : parts) reserve(part);
    for (ir::ValueRef part : parts) add(part);
  }
  SubText finish() { return std::move(out_); }

 private:
  /// `${X}` means the variable X before the resource X, so names that the text refers to are taken.
  void reserve(ir::ValueRef part) {
    const auto* call = part->get_if<ir::Call>();
    if (call == nullptr || (call->fn != Fn::Ref && call->fn != Fn::GetAtt) || call->args.empty()) return;
    if (const auto* id = text_of(call->args[0])) taken_.push_back(*id);
  }

  void add(ir::ValueRef part) {
    if (const auto* literal = text_of(part)) return add_literal(*literal);
    const auto* call = part->get_if<ir::Call>();
    if (call != nullptr && call->fn == Fn::Ref && text_of(call->args[0]) != nullptr) {
      return add_reference(*text_of(call->args[0]));
    }
    if (call != nullptr && call->fn == Fn::GetAtt && text_of(call->args[0]) != nullptr &&
        text_of(call->args[1]) != nullptr) {
      add_reference(*text_of(call->args[0]), *text_of(call->args[1]));
      return;
    }
    add_reference(variable(part));
  }

  void add_reference(std::string_view id, std::string_view attribute = {}) {
    out_.text += "${";
    out_.text += id;
    if (!attribute.empty()) out_.text += '.';
    out_.text += attribute;
    out_.text += '}';
  }

  void add_literal(std::string_view text) {
    std::size_t from = 0;
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", from)) {
      out_.text.append(text, from, at - from);
      from = at + 2;
      if (text.find('}', from) != std::string_view::npos) {
        out_.text += "${!";
      } else {
        // Unclosed: `${!` would reach for the `}` of the next interpolation. As a variable's value it is inert.
        add_reference(variable(literal_value("${"), "Dollar"));
      }
    }
    out_.text.append(text, from);
  }

  ir::ValueRef literal_value(std::string_view text) {
    out_.values.push_back(ir::Value{text, {}});
    return &out_.values.back();
  }

  std::string_view variable(ir::ValueRef value, std::string_view preferred = {}) {
    for (const ir::Member& m : out_.variables) {
      if (ir::equal(m.value, value)) return m.key;
    }
    std::string base = preferred.empty() ? only_words(name_for(value)) : std::string(preferred);
    if (base.empty()) base = "Value";
    std::string name = base;
    for (int n = 2; is_taken(name); ++n) name = base + std::to_string(n);
    out_.names.push_back(std::move(name));
    const std::string_view kept = out_.names.back();
    taken_.push_back(kept);
    out_.variables.push_back({kept, value});
    return kept;
  }

  [[nodiscard]] bool is_taken(std::string_view name) const {
    return std::find(taken_.begin(), taken_.end(), name) != taken_.end();
  }

  SubText out_;
  std::vector<std::string_view> taken_;
};

}  // namespace

SubText sub_text(std::span<const ir::ValueRef> parts) { return Composer(parts).finish(); }

}  // namespace stackc::emit
