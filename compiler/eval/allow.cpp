#include "compiler/eval/allow.hpp"

#include "compiler/base/text.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ports.hpp"
#include "compiler/eval/properties.hpp"
#include "compiler/eval/scope.hpp"

namespace stackc::eval {
namespace {

constexpr std::string_view kGroupType = "AWS::EC2::SecurityGroup";

/// One end of an edge.
struct Peer {
  enum class Kind : std::uint8_t { Group, CidrV4, CidrV6, PrefixList } kind;
  std::string name;                  // as the rule's ID takes it
  ir::ValueRef value;                // the id of the group or list, the block
  ir::ValueRef condition = nullptr;  // null: always there
  Resource* group = nullptr;         // Group: when it is declared in this stack
};

/// How a peer is called in the ID of a rule; empty: it has no name.
std::string name_of(const ast::Ast& tree, ast::ExprId expr) {
  if (const auto* e = tree.get_if<ast::NameExpr>(expr)) return capitalized(e->name);
  if (const auto* e = tree.get_if<ast::ParenExpr>(expr)) return name_of(tree, e->inner);
  if (const auto* e = tree.get_if<ast::SplatExpr>(expr)) return name_of(tree, e->object);
  if (const auto* e = tree.get_if<ast::MemberExpr>(expr)) {
    const bool group = e->name.text == "securityGroup" || e->name.text == "ref" || e->name.text == "GroupId";
    return name_of(tree, e->object) + (group ? std::string() : capitalized(e->name.text));
  }
  if (const auto* e = tree.get_if<ast::CallExpr>(expr)) {
    return e->args.size() == 1 ? name_of(tree, e->args[0].value) : std::string();
  }
  if (const auto* e = tree.get_if<ast::IndexExpr>(expr)) {
    const auto* key = tree.get_if<ast::StringExpr>(e->index);
    const std::string object = name_of(tree, e->object);
    if (key != nullptr && key->is_plain()) return object + capitalized(key->plain());
    const auto* number = tree.get_if<ast::IntExpr>(e->index);
    if (number != nullptr) return object + std::to_string(number->value);
    return object + name_of(tree, e->index);
  }
  return {};
}

class Peers {
 public:
  /// `named`: the rule has its name already.
  Peers(Context& ctx, const Env& env, ast::ExprId expr, bool named)
      : ctx_(ctx),
        env_(env),
        expr_(expr),
        named_(named),
        span_(ast_of(env.frame)[expr].span),
        type_(type_of(ctx, env, expr)) {}

  std::vector<Peer> find() {
    const std::string name = name_of(ast_of(env_.frame), expr_);
    ast::ExprId inner = expr_;
    while (const auto* paren = ast_of(env_.frame).get_if<ast::ParenExpr>(inner)) inner = paren->inner;
    if (env_.frame->body->module->bindings[inner.value].kind == sema::Binding::Kind::PortWord) {
      const ir::Builder b = ctx_.ir.at(span_);
      return {{Peer::Kind::CidrV4, "Internet", b.string("0.0.0.0/0")},
              {Peer::Kind::CidrV6, "Internet", b.string("::/0")}};
    }
    add(evaluate(ctx_, env_, expr_), name, nullptr);
    return std::move(out_);
  }

 private:
  void add(Val v, const std::string& name, ir::ValueRef condition) {
    v = settle(ctx_, env_.facts, v);
    if (v->is<Invalid>() || v->is<Absent>()) return;
    if (const auto* choice = v->get_if<Choice>()) {
      add(choice->then, name, conjunction(condition, choice->condition));
      add(choice->otherwise, name, conjunction(condition, ctx_.ir.negate(choice->condition)));
    } else if (const auto* list = v->get_if<List>()) {
      add_list(*list, name, condition);
    } else if (const auto* record = v->get_if<Record>()) {
      add_record(*record, name, condition);
    } else if (const auto* instance = v->get_if<InstanceHandle>()) {
      const Val group = output_value(ctx_, *instance->instance, "securityGroup", span_);
      group != nullptr ? add(group, name, condition) : refuse(v);
    } else if (const auto* resource = v->get_if<ResourceHandle>()) {
      add_resource(*resource->resource, name, condition);
    } else {
      add_text(v, name, condition);
    }
  }

  void add_list(const List& list, const std::string& name, ir::ValueRef condition) {
    if (list.items.size() != list.keys().size() && list.items.size() != 1) {
      fail(ctx_, env_, Code::InvalidPeer, span_,
           "the rules for a list of peers take their names from its keys, and this list has none");
      return;
    }
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      add(list.items[i], name + (list.keys().empty() ? std::string() : capitalized(list.keys()[i])), condition);
    }
  }

  void add_record(const Record& record, const std::string& name, ir::ValueRef condition) {
    const Val group = record.family ? nullptr : record.find("securityGroup");
    if (group != nullptr) return add(group, name, condition);
    for (const Field& f : record.fields) add(f.value, name + capitalized(f.key), condition);
  }

  void add_resource(Resource& resource, const std::string& name, ir::ValueRef condition) {
    const std::string_view type = resource.target->type_name;
    if (type == kGroupType) {
      const auto id = identity_as(ctx_, resource, "GroupId", span_);
      const ir::ValueRef value = id ? *id : ctx_.ir.at(span_).get_att(resource.id, "GroupId");
      return push({Peer::Kind::Group, name, value, condition, &resource});
    }
    if (type == "AWS::EC2::PrefixList") {
      return push(
          {Peer::Kind::PrefixList, name, ctx_.ir.at(span_).get_att(resource.id, "PrefixListId"), condition});
    }
    fail(ctx_, env_, Code::InvalidPeer, span_, fmt::format("`{}` has no security group", type),
         "expected a security group, an instance with a `securityGroup` output, `internet`, or a block of "
         "addresses");
  }

  /// Blocks of addresses and ids, known or late.
  void add_text(Val v, const std::string& name, ir::ValueRef condition) {
    const ir::ValueRef value = lower(ctx_, v);
    if (const auto text = scalar_text(v, ctx_.values)) {
      if (text->starts_with("sg-")) return push({Peer::Kind::Group, name, value, condition});
      if (text->starts_with("pl-")) return push({Peer::Kind::PrefixList, name, value, condition});
      if (text->find('/') == std::string_view::npos) return refuse(v);
      const bool v6 = text->find(':') != std::string_view::npos;
      return push({v6 ? Peer::Kind::CidrV6 : Peer::Kind::CidrV4, name, value, condition});
    }
    if (!v->is<Late>()) return refuse(v);
    Target type = type_;
    while (type.kind() == sema::Kind::Optional || type.kind() == sema::Kind::List ||
           type.kind() == sema::Kind::Map) {
      type = type.element();
    }
    if (type.kind() == sema::Kind::Cidr) return push({Peer::Kind::CidrV4, name, value, condition});
    const bool list = type.resource_name() == "AWS::EC2::PrefixList";
    push({list ? Peer::Kind::PrefixList : Peer::Kind::Group, name, value, condition});
  }

  void push(Peer peer) {
    if (peer.name.empty() && !named_) {
      report(ctx_, env_.frame, Code::InvalidPeer, span_,
             "the rule takes its name from this peer, and it has none")
          .help("give the value a name with `let`, or the rule with `@id(\"…\")` above `allow`");
      return;
    }
    out_.push_back(std::move(peer));
  }
  void refuse(Val v) {
    fail(ctx_, env_, Code::InvalidPeer, span_, fmt::format("{} cannot be a peer", describe(v)),
         "expected a security group, an instance with a `securityGroup` output, `internet`, or a block of "
         "addresses");
  }
  ir::ValueRef conjunction(ir::ValueRef a, ir::ValueRef b) { return a == nullptr ? b : ctx_.ir.both(a, b); }

  Context& ctx_;
  const Env& env_;
  const ast::ExprId expr_;
  const bool named_;
  const Span span_;
  const Target type_;
  std::vector<Peer> out_;
};

std::string_view protocol_name(const PortRange& range, const Peer& other) {
  switch (range.protocol) {
    case Protocol::Tcp:
      return "tcp";
    case Protocol::Udp:
      return "udp";
    case Protocol::Icmp:
      return other.kind == Peer::Kind::CidrV6 ? "icmpv6" : "icmp";
    case Protocol::All:
      return "-1";
  }
  return "tcp";
}

class Rules {
 public:
  Rules(Context& ctx, Frame* frame, ast::DeclId decl)
      : ctx_(ctx),
        frame_(frame),
        decl_(ast_of(frame)[decl]),
        b_(ctx.ir.at(decl_.span)),
        given_(find_decorator(frame->env(), decl_, {}, "id")) {}

  void run() {
    const auto& allow = std::get<ast::AllowDecl>(decl_.node);
    const Env env = frame_->env();
    const std::vector<Peer> from = Peers(ctx_, env, allow.from, given_.has_value()).find();
    const std::vector<Peer> to = Peers(ctx_, env, allow.to, given_.has_value()).find();
    const std::vector<PortRange> ports = ports_of(ctx_, env, allow.ports);
    for (const Peer& a : from) {
      for (const Peer& b : to) {
        for (const PortRange& range : ports) edge(a, b, range);
      }
    }
  }

 private:
  void edge(const Peer& from, const Peer& to, const PortRange& range) {
    if (to.kind == Peer::Kind::Group) {
      const std::string id = to.name + "From" + from.name + "On" + port_text(range);
      rule("AWS::EC2::SecurityGroupIngress", id, to, from, range, false);
    }
    const bool closed = from.group != nullptr && is_closed(*from.group);
    if (closed) {
      const std::string id = from.name + "To" + to.name + "On" + port_text(range);
      rule("AWS::EC2::SecurityGroupEgress", id, from, to, range, true);
    } else if (to.kind != Peer::Kind::Group && from.kind != Peer::Kind::Group) {
      fail(ctx_, frame_->env(), Code::InvalidPeer, decl_.span,
           "neither end of this edge has a security group");
    }
  }

  /// A group that says what may leave lets nothing else out. An empty list says nothing: AWS opens such a
  /// group.
  bool is_closed(Resource& group) {
    const Val egress = declared_property(ctx_, group.frame->env(), group, "SecurityGroupEgress", decl_.span);
    const auto* list = egress->get_if<List>();
    return list != nullptr ? !list->items.empty() : !egress->is<Absent>();
  }

  void rule(std::string_view type, std::string id, const Peer& group, const Peer& other,
            const PortRange& range, bool egress) {
    if (given_)
      id = frame_->body->prefix + std::string(decorator_text(ctx_, *given_));
    else
      id = (frame_->body->prefix + id).append(frame_->id_suffix);
    if (other.kind == Peer::Kind::CidrV6 && other.name == "Internet") id += "V6";
    std::vector<ir::Member> members{{"GroupId", group.value}, {other_key(other, egress), other.value}};
    members.push_back({"IpProtocol", b_.string(protocol_name(range, other))});
    if (range.protocol != Protocol::All) {
      members.push_back({"FromPort", b_.integer(range.from)});
      members.push_back({"ToPort", b_.integer(range.to)});
    }
    if (!decl_.doc.empty()) members.push_back({"Description", b_.string(decl_.doc)});
    ir::Resource out;
    out.id = keep(ctx_, id);
    out.type = type;
    out.properties = b_.object(members);
    out.condition = conjunction(conjunction(frame_->condition, group.condition), other.condition);
    out.origin = decl_.span;
    out.instance = outermost_instance(frame_);
    // One cause, one error: the other rules of this edge clash in the same way.
    if (clashed_ || !take(out.id)) {
      clashed_ = true;
      return;
    }
    ctx_.tmpl.resources.push_back(out);
  }

  bool take(std::string_view id) {
    const Identity* const taken = given_ ? ctx_.ids.find(id) : nullptr;
    if (taken != nullptr && taken->frame == frame_ && taken->span == decl_.span) {
      report(ctx_, frame_, Code::DuplicateLogicalId, given_->decorator->span,
             fmt::format("`@id(\"{}\")` names one rule, and this `allow` makes several", id))
          .label(decl_.span, "a rule for every peer and port")
          .help("write one `allow` for each, or leave the names to the compiler");
      return false;
    }
    return claim(ctx_, ctx_.ids, id, frame_, decl_.span, "logical ID");
  }

  static std::string_view other_key(const Peer& other, bool egress) {
    switch (other.kind) {
      case Peer::Kind::CidrV4:
        return "CidrIp";
      case Peer::Kind::CidrV6:
        return "CidrIpv6";
      case Peer::Kind::PrefixList:
        return egress ? "DestinationPrefixListId" : "SourcePrefixListId";
      case Peer::Kind::Group:
        break;
    }
    return egress ? "DestinationSecurityGroupId" : "SourceSecurityGroupId";
  }
  ir::ValueRef conjunction(ir::ValueRef a, ir::ValueRef b) {
    if (a == nullptr) return b;
    return b == nullptr ? a : ctx_.ir.both(a, b);
  }

  Context& ctx_;
  Frame* frame_;
  const ast::Decl& decl_;
  const ir::Builder b_;
  const std::optional<DecoratorUse> given_;
  bool clashed_ = false;
};

}  // namespace

void emit_allow(Context& ctx, Frame* frame, ast::DeclId decl) { Rules(ctx, frame, decl).run(); }

}  // namespace stackc::eval
