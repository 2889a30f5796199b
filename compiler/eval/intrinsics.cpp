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
        return select();
      case BuiltinFn::Sub:
        return sub();
      case BuiltinFn::Base64:
        return exact(ir::Fn::Base64, {lowered(arg(0))});
      case BuiltinFn::FindInMap:
        return find();
      case BuiltinFn::ImportValue:
        return exact(ir::Fn::ImportValue, {lowered(arg(0))});
      case BuiltinFn::Cidr:
        return cidr();
      case BuiltinFn::GetAZs:
        return exact(ir::Fn::GetAZs, {has(0) ? lowered(arg(0)) : b_.string("")}, true);
      case BuiltinFn::Transform:
        return transform();
      case BuiltinFn::ToJsonString:
        return exact(ir::Fn::ToJsonString, {lowered(arg(0))});
      case BuiltinFn::Equals:
        return ctx_.values.make(Condition{b_.exact_call(ir::Fn::Equals, {lowered(arg(0)), lowered(arg(1))})},
                                call_.span);
      case BuiltinFn::Length:
        return arg(0)->is<Late>() ? exact(ir::Fn::Length, {lowered(arg(0))}) : nullptr;
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
  /// The call as it stands in the template, and nothing else is known of it.
  Val exact(ir::Fn fn, const std::vector<ir::ValueRef>& args, bool list = false) {
    return ctx_.values.weighing(ctx_.values.make(Late{b_.exact_call(fn, args), list}, call_.span), weight());
  }
  /// The same with what it comes to: `value` for the compiler. A call over computed constants is only that.
  Val known(ir::Fn fn, const std::vector<ir::ValueRef>& args, Val value) {
    return call_.literal ? ctx_.values.written(ctx_.values.at(value, call_.span), b_.exact_call(fn, args))
                         : value;
  }
  [[nodiscard]] std::uint32_t weight() const {
    std::uint32_t out = 1;
    for (const Val a : call_.args) out = add_weights(out, a->weight);
    return out;
  }
  /// An argument as it is written; a family is the list of its elements.
  ir::ValueRef lowered(Val v) {
    const auto* record = v->get_if<Record>();
    const bool family = record != nullptr && record->family;
    return lower(ctx_, family ? splat(ctx_, env_, v, call_.span) : v);
  }
  static bool is_constant_text(Val v) {
    return v->is<std::string_view>() || v->is<std::int64_t>() || v->is<bool>() || v->is<Decimal>() ||
           v->is<Cidr>();
  }
  Val constant_needed(std::size_t i, std::string_view what) {
    return needs_constant(ctx_, env_, call_.spans[i], what);
  }

  Val join() {
    const auto* delimiter = arg(0)->get_if<std::string_view>();
    if (delimiter == nullptr) return constant_needed(0, "the delimiter of `join`");
    const Val parts = arg(1)->is<Record>() ? splat(ctx_, env_, arg(1), call_.span) : arg(1);
    if (parts->is<Absent>()) return parts;
    const auto* list = parts->get_if<List>();
    const std::size_t count = list != nullptr ? list->items.size() : 0;
    const std::uint64_t size = parts->weight + count * (delimiter->size() / 16);
    if (!may_weigh(ctx_, env_.frame, call_.span, size)) return ctx_.values.invalid(call_.span);
    const std::vector<ir::ValueRef> args{b_.string(*delimiter), lower(ctx_, parts)};
    const bool constant =
        list != nullptr && std::all_of(list->items.begin(), list->items.end(), [](Val item) {
          return is_constant_text(item) || item->is<Absent>();
        });
    if (!constant) return exact(ir::Fn::Join, args);
    std::string text;
    bool first = true;
    for (const Val item : list->items) {
      if (item->is<Absent>()) continue;
      if (!std::exchange(first, false)) text += *delimiter;
      text += *scalar_text(item, ctx_.values);
    }
    return known(ir::Fn::Join, args, ctx_.values.text(text, call_.span));
  }

  Val split() {
    const auto* delimiter = arg(0)->get_if<std::string_view>();
    if (delimiter == nullptr) return constant_needed(0, "the delimiter of `split`");
    if (arg(1)->is<Absent>()) return arg(1);
    const std::vector<ir::ValueRef> args{b_.string(*delimiter), lowered(arg(1))};
    const auto text = scalar_text(arg(1), ctx_.values);
    if (!text || delimiter->empty()) return exact(ir::Fn::Split, args, true);
    std::vector<Val> items;
    const ir::ValueRef parts = b_.split(*delimiter, b_.string(*text));
    for (const ir::ValueRef part : parts->get_if<ir::List>()->items) {
      items.push_back(ctx_.values.make(*part->get_if<std::string_view>(), call_.span));
    }
    return known(ir::Fn::Split, args, ctx_.values.list(items, call_.span));
  }

  Val select() {
    const Val list = arg(1)->is<Record>() ? splat(ctx_, env_, arg(1), call_.span) : arg(1);
    const auto* items = list->get_if<List>();
    const auto* index = arg(0)->get_if<std::int64_t>();
    if (items != nullptr && index != nullptr && !call_.literal && is_const(list)) {
      return element(ctx_, env_, list, arg(0), false, call_.span, call_.spans[0]);
    }
    const std::vector<ir::ValueRef> args{lowered(arg(0)), lower(ctx_, list)};
    const bool inside =
        items != nullptr && index != nullptr && *index >= 0 && *index < std::ssize(items->items);
    if (!inside || !is_const(list)) return exact(ir::Fn::Select, args);
    return known(ir::Fn::Select, args, items->items[static_cast<std::size_t>(*index)]);
  }

  /// `sub(r"${Name}", { Name: … })`: the text is CloudFormation's.
  Val sub() {
    const auto* text = arg(0)->get_if<std::string_view>();
    if (text == nullptr) return constant_needed(0, "the text of `sub`");
    std::vector<ir::ValueRef> args{b_.string(*text)};
    if (has(1)) args.push_back(lower(ctx_, arg(1)));
    return exact(ir::Fn::SubText, args);
  }

  /// `findInMap(M, key, key2, default)`; the map by its name, or as text.
  Val find() {
    const auto* map = arg(0)->get_if<Record>();
    const bool named = map != nullptr && is_whole_map(*map) && !map->part->map->id.empty();
    if (map != nullptr && !named) {
      const Val row = element(ctx_, env_, arg(0), arg(1), false, call_.span, call_.spans[1]);
      return element(ctx_, env_, row, arg(2), has(3), call_.span, call_.spans[2]);
    }
    if (named) emit_mapping(ctx_, env_.frame, *map->part->map);
    std::vector<ir::ValueRef> args{named ? b_.string(map->part->map->id) : lowered(arg(0)), lowered(arg(1)),
                                   lowered(arg(2))};
    if (has(3)) args.push_back(b_.object({{"DefaultValue", lowered(arg(3))}}));
    const Val found = named ? constant_entry(*map) : nullptr;
    return found != nullptr ? ctx_.values.written(found, b_.exact_call(ir::Fn::FindInMap, args))
                            : exact(ir::Fn::FindInMap, args, named && holds_lists(*map));
  }
  /// What two constant keys lead to; null when they are late, or lead nowhere.
  Val constant_entry(const Record& map) {
    const auto row = scalar_text(arg(1), ctx_.values), column = scalar_text(arg(2), ctx_.values);
    const Val found = row ? map.find(*row) : nullptr;
    const auto* fields = found != nullptr ? found->get_if<Record>() : nullptr;
    return fields != nullptr && column ? fields->find(*column) : nullptr;
  }
  static bool holds_lists(const Record& map) {
    const auto* row = map.fields.empty() ? nullptr : map.fields[0].value->get_if<Record>();
    return row != nullptr && !row->fields.empty() && row->fields[0].value->is<List>();
  }

  Val cidr() {
    std::vector<ir::ValueRef> args;
    for (const Val a : call_.args) args.push_back(lowered(a));
    return exact(ir::Fn::Cidr, args, true);
  }

  Val transform() {
    std::vector<ir::Member> members{{"Name", lowered(arg(0))}};
    if (has(1)) members.push_back({"Parameters", lower(ctx_, arg(1))});
    return exact(ir::Fn::Transform, {b_.object(members)});
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
