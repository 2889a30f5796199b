#include "compiler/ir/rebuild.hpp"

#include <algorithm>

namespace stackc::ir {

ValueRef with_arguments(const Builder& builder, ValueRef v, const std::vector<ValueRef>& args) {
  const Call& c = *v->get_if<Call>();
  if (std::equal(args.begin(), args.end(), c.args.begin(), c.args.end())) return v;
  const Builder b = builder.at(v->origin);
  if (v->exact) return b.exact_call(c.fn, args);
  const auto* first = args.empty() ? nullptr : args[0]->get_if<std::string_view>();
  const auto* index = args.empty() ? nullptr : args[0]->get_if<std::int64_t>();
  switch (c.fn) {
    case Fn::Sub: return b.sub(args);
    case Fn::Join: return first != nullptr ? b.join(*first, args[1]) : b.call(c.fn, args);
    case Fn::Split: return first != nullptr ? b.split(*first, args[1]) : b.call(c.fn, args);
    case Fn::Select: return index != nullptr ? b.select(*index, args[1]) : b.call(c.fn, args);
    default: return b.call(c.fn, args);
  }
}

ValueRef with_items(const Builder& builder, ValueRef v, std::vector<ValueRef> items) {
  const auto& before = v->get_if<List>()->items;
  if (std::equal(items.begin(), items.end(), before.begin(), before.end())) return v;
  std::erase_if(items, [](ValueRef item) { return item->is_no_value() && !item->exact; });
  return builder.at(v->origin).list(items);
}

ValueRef with_values(const Builder& builder, ValueRef v, const std::vector<ValueRef>& values) {
  const auto& before = v->get_if<Object>()->members;
  if (std::equal(values.begin(), values.end(), before.begin(), [](ValueRef now, const Member& m) { return now == m.value; })) {
    return v;
  }
  std::vector<Member> members;
  members.reserve(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) {
    const bool absent = values[i]->is_no_value() && !values[i]->exact;
    if (!absent) members.push_back({before[i].key, values[i], before[i].key_origin});
  }
  return builder.at(v->origin).object(members);
}

ValueRef exactly(Arena& arena, ValueRef v) {
  if (v->exact) return v;
  Value out = *v;
  out.exact = true;
  const auto all = [&](std::span<const ValueRef> parts) {
    std::vector<ValueRef> made;
    made.reserve(parts.size());
    for (ValueRef part : parts) made.push_back(exactly(arena, part));
    return arena.copy(made);
  };
  if (const auto* list = v->get_if<List>()) out.data = List{all(list->items)};
  if (const auto* call = v->get_if<Call>()) out.data = Call{call->fn, all(call->args)};
  if (const auto* object = v->get_if<Object>()) {
    std::vector<Member> members(object->members.begin(), object->members.end());
    for (Member& m : members) m.value = exactly(arena, m.value);
    out.data = Object{arena.copy(members)};
  }
  return arena.make<Value>(out);
}

}  // namespace stackc::ir
