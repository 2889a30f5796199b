#include "compiler/report/value_text.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include "compiler/base/text.hpp"
#include "compiler/diag/unicode.hpp"
#include "compiler/ir/pseudo.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::report {

namespace {

/// Templates that were read may be deep; beyond this a text would not be read by anybody.
constexpr int kDeepest = 12;
/// Nor beyond this many bytes.
constexpr std::size_t kLongest = 1 << 14;

std::string_view name_of_ref(std::string_view id) {
  if (id == "AWS::NoValue") return "none";
  const auto pseudo = ir::pseudo_name(id);
  return pseudo.empty() ? id : pseudo;
}

bool is_word(std::string_view key) {
  if (key.empty() || (key.front() >= '0' && key.front() <= '9')) return false;
  return std::ranges::all_of(key, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// The name of a function that has no notation of its own.
std::string_view function_name(ir::Fn fn) {
  switch (fn) {
    case ir::Fn::GetAZs:
      return "getAZs";
    case ir::Fn::Cidr:
      return "cidr";
    case ir::Fn::Base64:
      return "base64";
    case ir::Fn::ImportValue:
      return "importValue";
    case ir::Fn::GetStackOutput:
      return "getStackOutput";
    case ir::Fn::Transform:
      return "transform";
    case ir::Fn::Length:
      return "length";
    case ir::Fn::ToJsonString:
      return "toJsonString";
    case ir::Fn::Contains:
      return "contains";
    case ir::Fn::EachMemberEquals:
      return "eachMemberEquals";
    case ir::Fn::EachMemberIn:
      return "eachMemberIn";
    case ir::Fn::RefAll:
      return "refAll";
    case ir::Fn::ValueOf:
      return "valueOf";
    case ir::Fn::ValueOfAll:
      return "valueOfAll";
    case ir::Fn::Join:
      return "join";
    case ir::Fn::Split:
      return "split";
    case ir::Fn::Select:
      return "select";
    case ir::Fn::FindInMap:
      return "findInMap";
    case ir::Fn::GetAtt:
      return "getAtt";
    default:
      return ir::key_of(fn);
  }
}

const std::string_view* text_in(ir::ValueRef value) {
  return value != nullptr ? value->get_if<std::string_view>() : nullptr;
}

class ValueText {
 public:
  std::string write(ir::ValueRef value) {
    put(value, 0);
    return std::move(out_);
  }

 private:
  void put(ir::ValueRef value, int depth) {
    if (value == nullptr) {
      out_ += "none";
    } else if (depth > kDeepest || out_.size() > kLongest) {
      out_ += "…";
    } else if (const auto* text = value->get_if<std::string_view>()) {
      out_ += '"';
      put_escaped(*text);
      out_ += '"';
    } else if (const auto* truth = value->get_if<bool>()) {
      out_ += *truth ? "true" : "false";
    } else if (const auto* number = value->get_if<std::int64_t>()) {
      out_ += fmt::format("{}", *number);
    } else if (const auto* decimal = value->get_if<ir::Decimal>()) {
      out_ += printable(decimal->text);
    } else if (const auto* list = value->get_if<ir::List>()) {
      out_ += '[';
      put_all(list->items, depth);
      out_ += ']';
    } else if (const auto* object = value->get_if<ir::Object>()) {
      put_object(*object, depth);
    } else if (const auto* call = value->get_if<ir::Call>()) {
      put_call(*call, depth);
    } else {
      out_ += "null";
    }
  }

  void put_all(std::span<const ir::ValueRef> items, int depth) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ", ";
      put(items[i], depth + 1);
    }
  }

  void put_object(const ir::Object& object, int depth) {
    if (object.members.empty()) {
      out_ += "{}";
      return;
    }
    out_ += "{ ";
    for (std::size_t i = 0; i < object.members.size(); ++i) {
      if (i > 0) out_ += ", ";
      const auto& member = object.members[i];
      if (is_word(member.key)) {
        out_ += member.key;
      } else {
        out_ += '"';
        put_escaped(member.key);
        out_ += '"';
      }
      out_ += ": ";
      put(member.value, depth + 1);
    }
    out_ += " }";
  }

  /// The inside of a literal.
  void put_escaped(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && out_.size() <= kLongest;) {
      const auto code_point = decode(text, at);
      const auto bytes = text.substr(at, code_point.bytes);
      at += code_point.bytes;
      if (bytes == "\n") {
        out_ += "\\n";
      } else if (bytes == "\t") {
        out_ += "\\t";
      } else if (bytes == "\"" || bytes == "\\") {
        out_ += '\\';
        out_ += bytes;
      } else if (bytes == "$" && at < text.size() && text[at] == '{') {
        out_ += "\\$";
      } else {
        append_printable(out_, code_point, bytes);
      }
    }
  }

  // ---------------------------------------------------------------- functions

  void put_call(const ir::Call& call, int depth) {
    const auto args = call.args;
    switch (call.fn) {
      case ir::Fn::Ref:
      case ir::Fn::Condition:
        if (const auto* id = args.empty() ? nullptr : text_in(args[0])) {
          out_ += printable(name_of_ref(*id));
          return;
        }
        break;
      case ir::Fn::GetAtt:
        if (args.size() == 2 && text_in(args[0]) != nullptr && text_in(args[1]) != nullptr) {
          out_ += printable(fmt::format("{}.{}", *text_in(args[0]), *text_in(args[1])));
          return;
        }
        break;
      case ir::Fn::Sub:
        return put_interpolated(args, {}, depth);
      case ir::Fn::SubText:
        if (!args.empty() && text_in(args[0]) != nullptr) return put_sub_text(args, depth);
        break;
      case ir::Fn::Join:
        if (put_join(args, depth)) return;
        break;
      case ir::Fn::Select:
        if (args.size() == 2) return put_index(args[1], {args.data(), 1}, depth);
        break;
      case ir::Fn::FindInMap:
        if (args.size() == 3 && text_in(args[0]) != nullptr) {
          out_ += printable(*text_in(args[0]));
          return put_keys(args.subspan(1), depth);
        }
        break;
      default:
        if (put_operator(call, depth)) return;
    }
    out_ += printable(function_name(call.fn));
    out_ += '(';
    put_all(args, depth);
    out_ += ')';
  }

  bool put_operator(const ir::Call& call, int depth) {
    const auto args = call.args;
    const auto between = [&](std::string_view sign) {
      for (std::size_t i = 0; i < args.size(); ++i) {
        if (i > 0) out_ += sign;
        put_operand(args[i], depth);
      }
      return true;
    };
    if (call.fn == ir::Fn::And && args.size() > 1) return between(" && ");
    if (call.fn == ir::Fn::Or && args.size() > 1) return between(" || ");
    if (call.fn == ir::Fn::Equals && args.size() == 2) return between(" == ");
    if (call.fn == ir::Fn::Not && args.size() == 1) {
      out_ += '!';
      put_operand(args[0], depth);
      return true;
    }
    if (call.fn == ir::Fn::If && args.size() == 3) {
      if (const auto* name = text_in(args[0])) {
        out_ += printable(*name);
      } else {
        put_operand(args[0], depth);
      }
      out_ += " ? ";
      put_operand(args[1], depth);
      out_ += " : ";
      put(args[2], depth + 1);
      return true;
    }
    return false;
  }

  /// In brackets where an operator would bind to a part of it.
  void put_operand(ir::ValueRef value, int depth) {
    const auto* call = value != nullptr ? value->get_if<ir::Call>() : nullptr;
    const bool loose = call != nullptr && (call->fn == ir::Fn::If || call->fn == ir::Fn::And ||
                                           call->fn == ir::Fn::Or || call->fn == ir::Fn::Equals);
    if (loose) out_ += '(';
    put(value, depth + 1);
    if (loose) out_ += ')';
  }

  void put_index(ir::ValueRef list, std::span<const ir::ValueRef> index, int depth) {
    put_operand(list, depth);
    put_keys(index, depth);
  }

  void put_keys(std::span<const ir::ValueRef> keys, int depth) {
    for (const auto* key : keys) {
      out_ += '[';
      put(key, depth + 1);
      out_ += ']';
    }
  }

  /// A piece of text in quotes, or the value of an `${…}`.
  void put_piece(ir::ValueRef value, int depth) {
    if (const auto* text = text_in(value)) return put_escaped(*text);
    out_ += "${";
    put(value, depth + 1);
    out_ += '}';
  }

  void put_interpolated(std::span<const ir::ValueRef> parts, std::string_view between, int depth) {
    out_ += '"';
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) put_escaped(between);
      put_piece(parts[i], depth);
    }
    out_ += '"';
  }

  /// Of a literal list: text with values in it.
  bool put_join(std::span<const ir::ValueRef> args, int depth) {
    if (args.size() != 2 || text_in(args[0]) == nullptr || args[1] == nullptr) return false;
    const auto* list = args[1]->get_if<ir::List>();
    if (list == nullptr) return false;
    put_interpolated(list->items, *text_in(args[0]), depth);
    return true;
  }

  void put_sub_text(std::span<const ir::ValueRef> args, int depth) {
    const auto* variables = args.size() > 1 && args[1] != nullptr ? args[1]->get_if<ir::Object>() : nullptr;
    out_ += '"';
    for (const auto& part : ir::sub_parts(*text_in(args[0]))) {
      if (!part.is_name) {
        put_escaped(part.text);
        continue;
      }
      out_ += "${";
      const auto* value = variables != nullptr ? variables->find(part.text) : nullptr;
      if (value != nullptr) {
        put(value, depth + 1);
      } else {
        out_ += printable(name_of_ref(part.text));
      }
      out_ += '}';
    }
    out_ += '"';
  }

  std::string out_;
};

}  // namespace

std::string value_text(ir::ValueRef value) { return ValueText{}.write(value); }

}  // namespace stackc::report
