#include "compiler/eval/lower.hpp"

#include <string>

#include "compiler/eval/scope.hpp"

namespace stackc::eval {
namespace {

class Lower {
 public:
  Lower(Context& ctx, Span origin) : ctx_(ctx), b_(ctx.ir.at(origin)), origin_(origin) {}

  ir::ValueRef operator()(const Invalid&) { return b_.string(""); }
  ir::ValueRef operator()(const Absent&) { return b_.no_value(); }
  ir::ValueRef operator()(bool v) { return b_.boolean(v); }
  ir::ValueRef operator()(std::int64_t v) { return b_.integer(v); }
  ir::ValueRef operator()(const Decimal& v) { return b_.decimal(v.text); }
  ir::ValueRef operator()(std::string_view v) { return b_.string(v); }
  ir::ValueRef operator()(const Cidr& v) { return b_.string(v.text); }
  ir::ValueRef operator()(const Duration& v) { return b_.string(duration_text(v.seconds)); }
  ir::ValueRef operator()(const Size& v) { return b_.string(size_text(v.kib)); }
  ir::ValueRef operator()(const Percent& v) { return b_.decimal(v.text); }
  ir::ValueRef operator()(const List& v) {
    std::vector<ir::ValueRef> items;
    items.reserve(v.items.size());
    for (const Val item : v.items) {
      if (!item->is<Absent>()) items.push_back(lower(ctx_, item));
    }
    return b_.list(items);
  }
  ir::ValueRef operator()(const Record& v) {
    std::vector<ir::Member> members;
    members.reserve(v.fields.size());
    for (const Field& f : v.fields) {
      if (!f.value->is<Absent>()) members.push_back({f.key, lower(ctx_, f.value)});
    }
    return b_.object(members);
  }
  ir::ValueRef operator()(const ResourceHandle& v) { return b_.ref(v.resource->id); }
  ir::ValueRef operator()(const InstanceHandle& v) {
    std::vector<ir::Member> members;
    for (const ast::DeclId decl : outputs_of(*v.instance)) {
      const std::string_view name = (*v.instance->body->top->tree)[decl].name.text;
      const Val value = output_value(ctx_, *v.instance, name, origin_);
      if (value != nullptr && !value->is<Absent>()) members.push_back({name, lower(ctx_, value)});
    }
    return b_.object(members);
  }
  ir::ValueRef operator()(const Ports&) { return b_.string(""); }
  ir::ValueRef operator()(const Late& v) { return v.value; }
  ir::ValueRef operator()(const Condition& v) {
    return b_.choice(v.value, b_.boolean(true), b_.boolean(false));
  }
  ir::ValueRef operator()(const Choice& v) {
    return b_.choice(v.condition, lower(ctx_, v.then), lower(ctx_, v.otherwise));
  }

 private:
  Context& ctx_;
  const ir::Builder b_;
  const Span origin_;
};

}  // namespace

ir::ValueRef lower(Context& ctx, Val v) {
  if (v->written() != nullptr) return v->written();
  return std::visit(Lower(ctx, v->origin), v->data);
}

}  // namespace stackc::eval
