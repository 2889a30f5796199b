#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/builtins.hpp"
#include "compiler/eval/cidr.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/mappings.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {

using sema::BuiltinFn;

namespace {

class Intrinsic {
 public:
  Intrinsic(Context& ctx, const BuiltinCall& call)
      : ctx_(ctx), call_(call), env_(call.env), b_(ctx.ir.at(call.span)) {}

  Val run() {
    switch (call_.fn) {
      case BuiltinFn::Join:
        return join();
      case BuiltinFn::Split:
        return split();
      case BuiltinFn::Select:
        return element(ctx_, env_, arg(1), arg(0), false, call_.span, call_.spans[0]);
      case BuiltinFn::Sub:
        return sub();
      case BuiltinFn::Base64:
        return late(b_.call(ir::Fn::Base64, {text_of(arg(0))}));
      case BuiltinFn::FindInMap:
        return find();
      case BuiltinFn::ImportValue:
        return late(b_.call(ir::Fn::ImportValue, {lower(ctx_, arg(0))}));
      case BuiltinFn::Cidr:
        return cidr();
      case BuiltinFn::GetAZs: {
        const ir::ValueRef region = has(0) ? lower(ctx_, arg(0)) : b_.string("");
        return late(b_.call(ir::Fn::GetAZs, {region}), true);
      }
      case BuiltinFn::Transform:
        return transform();
      case BuiltinFn::ToJsonString:
        return late(b_.call(ir::Fn::ToJsonString, {lower(ctx_, arg(0))}));
      case BuiltinFn::GetAtt:
        return get_att();
      case BuiltinFn::Ref:
        return ref();
      case BuiltinFn::CidrSubnet:
        return cidr_subnet();
      default:
        return nullptr;
    }
  }

 private:
  [[nodiscard]] bool has(std::size_t i) const {
    return i < call_.args.size() && !call_.args[i]->is<Absent>();
  }
  [[nodiscard]] Val arg(std::size_t i) const { return call_.args[i]; }
  Val late(ir::ValueRef v, bool list = false) {
    if (const auto* text = v->get_if<std::string_view>()) return ctx_.values.make(*text, call_.span);
    return ctx_.values.make(Late{v, list}, call_.span);
  }
  ir::ValueRef text_of(Val v) {
    const auto text = scalar_text(v, ctx_.values);
    return text ? b_.string(*text) : lower(ctx_, v);
  }
  Val constant_needed(std::size_t i, std::string_view what) {
    return needs_constant(ctx_, env_, call_.spans[i], what);
  }

  Val join() {
    const auto* delimiter = arg(0)->get_if<std::string_view>();
    if (delimiter == nullptr) return constant_needed(0, "the delimiter of `join`");
    return distribute(ctx_, env_, arg(1), [&](const Env& env, Val list) -> Val {
      const Target texts(ctx_.program.types, ctx_.program.types.plain(sema::Kind::Json));
      if (list->is<Record>()) list = splat(ctx_, env, list, call_.span);
      const auto* items = list->get_if<List>();
      if (items == nullptr) return list->is<Absent>() ? list : late(b_.join(*delimiter, lower(ctx_, list)));
      const std::uint64_t weight = list->weight + items->items.size() * (delimiter->size() / 16);
      if (!may_weigh(ctx_, env.frame, call_.span, weight)) return ctx_.values.invalid(call_.span);
      std::vector<ir::ValueRef> parts;
      for (const Val item : items->items) {
        if (!item->is<Absent>()) parts.push_back(text_of(coerce(ctx_, env, item, texts)));
      }
      return ctx_.values.weighing(late(b_.join(*delimiter, b_.list(parts))),
                                  static_cast<std::uint32_t>(weight));
    });
  }

  Val split() {
    const auto* delimiter = arg(0)->get_if<std::string_view>();
    if (delimiter == nullptr) return constant_needed(0, "the delimiter of `split`");
    return distribute(ctx_, env_, arg(1), [&](const Env&, Val text) -> Val {
      if (text->is<Absent>()) return text;
      const ir::ValueRef parts = b_.split(*delimiter, text_of(text));
      const auto* known = parts->get_if<ir::List>();
      if (known == nullptr) return late(parts, true);
      std::vector<Val> items;
      for (const ir::ValueRef part : known->items) {
        items.push_back(ctx_.values.make(*part->get_if<std::string_view>(), call_.span));
      }
      return ctx_.values.list(items, call_.span);
    });
  }

  /// `sub("${Name}", {Name: …})`: the text's own `${…}` are CloudFormation's.
  Val sub() {
    const auto* text = arg(0)->get_if<std::string_view>();
    if (text == nullptr) return constant_needed(0, "the text of `sub`");
    const auto* values = has(1) ? arg(1)->get_if<Record>() : nullptr;
    std::vector<ir::ValueRef> parts;
    std::string_view rest = *text;
    for (std::size_t at = rest.find("${"); at != std::string_view::npos; at = rest.find("${")) {
      const std::size_t end = rest.find('}', at);
      if (end == std::string_view::npos) break;
      parts.push_back(b_.string(rest.substr(0, at)));
      const std::string_view name = rest.substr(at + 2, end - at - 2);
      parts.push_back(variable(name, values));
      rest.remove_prefix(end + 1);
    }
    parts.push_back(b_.string(rest));
    return late(b_.sub(parts));
  }
  ir::ValueRef variable(std::string_view name, const Record* values) {
    if (name.starts_with('!')) return b_.string(fmt::format("${{{}}}", name.substr(1)));
    if (const Val v = values != nullptr ? values->find(name) : nullptr) return text_of(v);
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? b_.ref(name)
                                         : b_.get_att(name.substr(0, dot), name.substr(dot + 1));
  }

  Val find() {
    const auto* map = arg(0)->get_if<Record>();
    if (map != nullptr) {
      const Val row = element(ctx_, env_, arg(0), arg(1), false, call_.span, call_.spans[1]);
      return element(ctx_, env_, row, arg(2), has(3), call_.span, call_.spans[2]);
    }
    std::vector<ir::ValueRef> args;
    for (const Val a : call_.args) args.push_back(lower(ctx_, a));
    return late(b_.call(ir::Fn::FindInMap, args));
  }

  Val cidr() {
    std::vector<ir::ValueRef> args{text_of(arg(0)), lower(ctx_, arg(1))};
    if (has(2)) args.push_back(lower(ctx_, arg(2)));
    return late(b_.call(ir::Fn::Cidr, args), true);
  }

  Val transform() {
    std::vector<ir::Member> members{{"Name", lower(ctx_, arg(0))}};
    if (has(1)) members.push_back({"Parameters", lower(ctx_, arg(1))});
    return late(b_.call(ir::Fn::Transform, {b_.object(members)}));
  }

  Val get_att() {
    const auto* attribute = arg(1)->get_if<std::string_view>();
    if (attribute == nullptr) return constant_needed(1, "the attribute of `getAtt`");
    return distribute(ctx_, env_, arg(0), [&](const Env&, Val v) -> Val {
      if (const auto* handle = v->get_if<ResourceHandle>()) {
        return attribute_value(ctx_, *handle->resource, *attribute, call_.span);
      }
      if (const auto* id = v->get_if<std::string_view>()) return late(b_.get_att(*id, *attribute));
      return v->is<Absent>() ? v : ctx_.values.invalid(call_.span);
    });
  }

  Val ref() {
    return distribute(ctx_, env_, arg(0), [&](const Env&, Val v) -> Val {
      if (const auto* handle = v->get_if<ResourceHandle>()) return late(b_.ref(handle->resource->id));
      if (const auto* id = v->get_if<std::string_view>()) return late(b_.ref(*id));
      return v;
    });
  }

  /// The block's `slot`th part of `newPrefix` bits: computed when the block is known, else `Fn::Cidr`.
  Val cidr_subnet() {
    const auto* prefix = arg(1)->get_if<std::int64_t>();
    const auto* slot = arg(2)->get_if<std::int64_t>();
    if (prefix == nullptr) return constant_needed(1, "the prefix of `subnet`");
    if (slot == nullptr) return constant_needed(2, "the slot of `subnet`");
    return distribute(ctx_, env_, arg(0), [&](const Env& env, Val block) -> Val {
      if (block->is<Absent>()) return block;
      const auto text = scalar_text(block, ctx_.values);
      return text ? known_subnet(env, *text, *prefix, *slot) : late_subnet(env, block, *prefix, *slot);
    });
  }
  Val known_subnet(const Env& env, std::string_view text, std::int64_t prefix, std::int64_t slot) {
    const auto block = parse_cidr(text);
    if (!block) {
      return fail(ctx_, env, Code::CidrDoesNotFit, call_.spans[0],
                  fmt::format("`{}` is not a block of addresses", text));
    }
    const auto part = subnet(*block, prefix, slot);
    if (!part) {
      return fail(ctx_, env, Code::CidrDoesNotFit, call_.span,
                  fmt::format("`{}` has no block of /{} with the number {}", text, prefix, slot),
                  room(*block, prefix));
    }
    return ctx_.values.make(Cidr{ctx_.values.keep(cidr_text(*part))}, call_.span);
  }
  static std::string room(const CidrBlock& block, std::int64_t prefix) {
    if (prefix < block.prefix || prefix > block.bits()) {
      return fmt::format("expected a prefix of {} to {}", block.prefix, block.bits());
    }
    const auto width = prefix - block.prefix;
    return width < 62 ? fmt::format("expected a number of 0 to {}", (std::int64_t{1} << width) - 1)
                      : std::string("expected a number from 0 on");
  }
  Val late_subnet(const Env& env, Val block, std::int64_t prefix, std::int64_t slot) {
    constexpr std::int64_t kMostBlocks = 256;  // of Fn::Cidr
    const std::int64_t bits = (prefix > 32 ? 128 : 32) - prefix;
    if (slot < 0 || slot >= kMostBlocks || bits < 1) {
      return fail(ctx_, env, Code::CidrDoesNotFit, call_.span,
                  fmt::format("`Fn::Cidr` cannot give the block of /{} with the number {}", prefix, slot),
                  "it gives at most 256 blocks");
    }
    const ir::ValueRef blocks =
        b_.call(ir::Fn::Cidr, {lower(ctx_, block), b_.integer(slot + 1), b_.integer(bits)});
    return late(b_.select(slot, blocks));
  }

  Context& ctx_;
  const BuiltinCall& call_;
  const Env& env_;
  const ir::Builder b_;
};

}  // namespace

Val call_intrinsic(Context& ctx, const BuiltinCall& call) { return Intrinsic(ctx, call).run(); }

}  // namespace stackc::eval
