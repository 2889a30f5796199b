#include "compiler/sema/checker.hpp"

/// `allow a -> b: ports`: what may stand on either side (decision 14).
namespace stackc::sema {

namespace {
constexpr std::string_view kSecurityGroup = "AWS::EC2::SecurityGroup";
}

/// `…GroupId | Cidr | PrefixListId | { securityGroup }`, a resource or instance that has one, or a family of these.
bool ModuleChecker::is_peer(TypeId id) {
  const Type& t = type(id);
  switch (t.kind) {
    case Kind::Error:
    case Kind::Cidr:
    case Kind::String: return true;
    case Kind::Optional:
    case Kind::Map:
    case Kind::List: return is_peer(t.element);
    case Kind::Literal: return is_text(id);
    case Kind::Resource: return t.resource_name == kSecurityGroup || t.resource_name == "AWS::EC2::PrefixList";
    case Kind::Id: return t.resource_name == kSecurityGroup || t.resource_name == "AWS::EC2::PrefixList";
    case Kind::Union:
      for (TypeId arm : t.arms) {
        if (!is_peer(arm)) return false;
      }
      return true;
    case Kind::Instance:
    case Kind::Record:
    case Kind::Upstream:
      for (const FieldType& f : fields_of(id)) {
        if (f.name == "securityGroup") return is_peer(f.type);
      }
      return false;
    default: return false;
  }
}

void ModuleChecker::check_peer(ast::ExprId e, const Context& ctx) {
  const ast::ExprId inner = unparen(e);
  if (const auto* n = ast_.get_if<ast::NameExpr>(inner); n != nullptr && n->name == "internet" && !look_up(n->name, ctx).found) {
    out_.bindings[inner.value].kind = Binding::Kind::PortWord;
    return;
  }
  if (const auto* n = ast_.get_if<ast::NameExpr>(inner); n != nullptr && !look_up(n->name, ctx).found) {
    // The words of `allow` are names here too.
    std::vector<std::string_view> names = visible_names(ctx);
    names.emplace_back("internet");
    suggest(report(Code::UnknownName, expr(inner).span, fmt::format("unknown name `{}`", n->name)), n->name, expr(inner).span, names);
    return;
  }
  const Info i = infer(e, ctx);
  if (is_peer(i.type)) {
    if (kind(i.type) == Kind::Literal) {
      check(e, types_.plain(Kind::Cidr), ctx, Slot{.what = "a peer of `allow`"});
    }
    return;
  }
  Diagnostic& d = report(Code::InvalidPeer, expr(e).span, fmt::format("`allow` needs something with a security group, found {}", quoted(i.type)));
  if (kind(i.type) == Kind::Instance) d.help("the component needs an output `securityGroup`");
  else d.help("a peer is a security group, a component with an output `securityGroup`, a CIDR block, a prefix list or `internet`");
}

void ModuleChecker::check_ports(ast::ExprId e, const Context& ctx) {
  const ast::ExprId inner = unparen(e);
  if (const auto* n = ast_.get_if<ast::NameExpr>(inner);
      n != nullptr && (n->name == "all" || n->name == "icmp") && !look_up(n->name, ctx).found) {
    out_.bindings[inner.value].kind = Binding::Kind::PortWord;
    return;
  }
  if (const auto* l = ast_.get_if<ast::ListExpr>(inner)) {
    for (const ast::ListItem& item : l->items) check_ports(item.value, ctx);
    return;
  }
  const Info i = infer(e, ctx);
  TypeId t = i.type;
  if (kind(t) == Kind::List) t = type(t).element;
  if (kind(t) != Kind::Port && !is_numeric(t) && !is_error(t)) {
    report(Code::TypeMismatch, expr(e).span, fmt::format("a port is an `Int`, a range, a list, `tcp(…)`, `udp(…)`, `icmp` or `all`, found {}", quoted(i.type)));
    return;
  }
  require(stages_.latest(i.stage), Level::Const, expr(e).span, "the ports of `allow` become part of logical IDs, so they must be known at compile time");
}

void ModuleChecker::check_allow(const ast::AllowDecl& a, const Context& ctx) {
  check_peer(a.from, ctx);
  check_peer(a.to, ctx);
  check_ports(a.ports, ctx);
}

}  // namespace stackc::sema
