#include "compiler/eval/ports.hpp"

#include "compiler/base/text.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
namespace {

constexpr std::int64_t kLastPort = 65535;

bool checked(Context& ctx, const Env& env, const PortRange& range, Span span) {
  if (range.from >= 0 && range.to <= kLastPort && range.from <= range.to) return true;
  fail(ctx, env, Code::BadPort, span,
       range.from > range.to ? fmt::format("the range {}..{} is empty", range.from, range.to)
                             : fmt::format("{} is not a port", range.from < 0 ? range.from : range.to),
       "expected 0 to 65535");
  return false;
}

void add_value(Context& ctx, const Env& env, Val v, Span span, std::vector<PortRange>& out) {
  if (const auto* port = v->get_if<std::int64_t>()) {
    const PortRange range{Protocol::Tcp, *port, *port};
    if (checked(ctx, env, range, span)) out.push_back(range);
  } else if (const auto* ports = v->get_if<Ports>()) {
    out.insert(out.end(), ports->ranges.begin(), ports->ranges.end());
  } else if (const auto* list = v->get_if<List>()) {
    const bool range = list->range && !list->items.empty();
    if (range) {
      const PortRange whole{Protocol::Tcp, *list->items.front()->get_if<std::int64_t>(),
                            *list->items.back()->get_if<std::int64_t>()};
      if (checked(ctx, env, whole, span)) out.push_back(whole);
      return;
    }
    for (const Val item : list->items) add_value(ctx, env, item, span, out);
  } else if (!v->is<Invalid>()) {
    needs_constant(ctx, env, span, "a port");
  }
}

}  // namespace

std::vector<PortRange> ports_of(Context& ctx, const Env& env, ast::ExprId expr) {
  std::vector<PortRange> out;
  const ast::Ast& tree = ast_of(env.frame);
  const Span span = tree[expr].span;
  if (const auto* paren = tree.get_if<ast::ParenExpr>(expr)) return ports_of(ctx, env, paren->inner);
  if (const auto* range = tree.get_if<ast::RangeExpr>(expr)) {
    // Not as a list: a range of ports may be long.
    const Val first = evaluate(ctx, env, range->first), last = evaluate(ctx, env, range->last);
    const auto* from = first->get_if<std::int64_t>();
    const auto* to = last->get_if<std::int64_t>();
    if (from == nullptr || to == nullptr) {
      if (!first->is<Invalid>() && !last->is<Invalid>()) needs_constant(ctx, env, span, "a port");
    } else if (const PortRange whole{Protocol::Tcp, *from, *to}; checked(ctx, env, whole, span)) {
      out.push_back(whole);
    }
    return out;
  }
  if (const auto* list = tree.get_if<ast::ListExpr>(expr)) {
    for (const ast::ListItem& item : list->items) {
      const auto ports = ports_of(ctx, env, item.value);
      out.insert(out.end(), ports.begin(), ports.end());
    }
    return out;
  }
  const auto* name = tree.get_if<ast::NameExpr>(expr);
  if (name != nullptr &&
      env.frame->body->module->bindings[expr.value].kind == sema::Binding::Kind::PortWord) {
    out.push_back({name->name == "icmp" ? Protocol::Icmp : Protocol::All, -1, -1});
    return out;
  }
  add_value(ctx, env, evaluate(ctx, env, expr), span, out);
  return out;
}

std::string port_text(const PortRange& range) {
  if (range.protocol == Protocol::All) return "All";
  if (range.protocol == Protocol::Icmp) return "Icmp";
  std::string out = std::to_string(range.from);
  if (range.to != range.from) out.append("To").append(std::to_string(range.to));
  if (range.protocol == Protocol::Udp) out += "Udp";
  return out;
}

}  // namespace stackc::eval
