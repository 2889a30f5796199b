#include "compiler/eval/params.hpp"

#include <algorithm>
#include <array>

#include "compiler/base/text.hpp"
#include "compiler/eval/declarations.hpp"
#include "compiler/eval/decorators.hpp"
#include "compiler/eval/expr.hpp"
#include "compiler/eval/facts.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/raw.hpp"

namespace stackc::eval {

using sema::Kind;

namespace {

/// The ids that CloudFormation has parameter types for.
struct IdParameter {
  std::string_view resource, member, type;
  bool in_lists;
};
constexpr std::array kIdParameters = {
    IdParameter{"AWS::EC2::VPC", "VpcId", "AWS::EC2::VPC::Id", true},
    IdParameter{"AWS::EC2::Subnet", "SubnetId", "AWS::EC2::Subnet::Id", true},
    IdParameter{"AWS::EC2::SecurityGroup", "GroupId", "AWS::EC2::SecurityGroup::Id", true},
    IdParameter{"AWS::EC2::SecurityGroup", "Id", "AWS::EC2::SecurityGroup::Id", true},
    IdParameter{"AWS::EC2::SecurityGroup", "GroupName", "AWS::EC2::SecurityGroup::GroupName", true},
    IdParameter{"AWS::EC2::Instance", "InstanceId", "AWS::EC2::Instance::Id", true},
    IdParameter{"AWS::EC2::Volume", "VolumeId", "AWS::EC2::Volume::Id", true},
    IdParameter{"AWS::EC2::KeyPair", "KeyName", "AWS::EC2::KeyPair::KeyName", false},
    IdParameter{"AWS::EC2::Image", "Id", "AWS::EC2::Image::Id", true},
    IdParameter{"AWS::EC2::AvailabilityZone", "Name", "AWS::EC2::AvailabilityZone::Name", true},
    IdParameter{"AWS::Route53::HostedZone", "Id", "AWS::Route53::HostedZone::Id", true},
    IdParameter{"AWS::Route53::HostedZone", "HostedZoneId", "AWS::Route53::HostedZone::Id", true},
    IdParameter{"AWS::SSM::Parameter", "Name", "AWS::SSM::Parameter::Name", false},
};

std::string_view id_parameter(Target type, bool in_list) {
  if (type.kind() != Kind::Id) return {};
  for (const IdParameter& p : kIdParameters) {
    if (p.resource == type.resource_name() && p.member == type.member() && (!in_list || p.in_lists))
      return p.type;
  }
  return {};
}

bool is_number(Kind kind) { return kind == Kind::Int || kind == Kind::Number; }

/// `Number`, `List<AWS::EC2::Subnet::Id>`: what a value of `type` is declared as, when it must be given.
std::string plain_type(Target type) {
  const Kind kind = type.kind();
  if (kind == Kind::Ssm) {
    // CloudFormation reads text, lists of text and its own kinds of ids; it converts text to numbers by
    // itself.
    const std::string stored = plain_type(type.element());
    const bool list = stored == "CommaDelimitedList" || stored == "List<Number>";
    return fmt::format("AWS::SSM::Parameter::Value<{}>", list                 ? "List<String>"
                                                         : stored == "Number" ? "String"
                                                                              : stored);
  }
  if (kind == Kind::Secret) return plain_type(type.element());
  if (kind == Kind::List) {
    const std::string_view id = id_parameter(type.element(), true);
    if (!id.empty()) return fmt::format("List<{}>", id);
    return is_number(type.element().kind()) ? "List<Number>" : "CommaDelimitedList";
  }
  const std::string_view id = id_parameter(type, false);
  if (!id.empty()) return std::string(id);
  if (is_number(kind) || (kind == Kind::Literal && is_number(type.element().kind()))) return "Number";
  if (kind == Kind::Union) {
    for (std::size_t i = 0; i < type.arm_count(); ++i) {
      if (plain_type(type.arm(i)) != "Number") return "String";
    }
    return "Number";
  }
  return "String";
}

bool is_list_parameter(std::string_view type) {
  return type == "CommaDelimitedList" || type.starts_with("List<") ||
         (type.starts_with("AWS::SSM::Parameter::Value<") && type.find("List") != std::string_view::npos);
}

/// The parameter behind one `param`, put together piece by piece.
class Declare {
 public:
  Declare(Context& ctx, Frame* frame, ast::DeclId decl)
      : ctx_(ctx),
        frame_(frame),
        decl_(ast_of(frame)[decl]),
        b_(ctx.ir.at(decl_.name.span)),
        types_(ctx.program.types) {
    const ast::TypeId written = std::get<ast::ParamDecl>(decl_.node).type;
    const sema::TypeId resolved =
        written.valid() ? frame->body->module->type_exprs[written.value] : sema::TypeId{};
    const sema::TypeId content = resolved.valid() ? types_.strip_optional(resolved) : resolved;
    secret_ = content.valid() && types_.kind(content) == Kind::Secret;
    const sema::TypeId bare = secret_ ? types_[content].element : resolved;
    const bool stored = bare.valid() && types_.kind(bare) == Kind::Ssm;
    const sema::TypeId declared = stored ? bare : frame->body->module->decl_types[decl.value];
    optional_ = declared.valid() && types_.is_optional(declared);
    id_ = declared.valid() ? types_.strip_optional(declared) : declared;
    type_ = Target(types_, id_);
  }

  ir::Parameter make() {
    ir::Parameter p;
    p.id = logical_id(ctx_, frame_, decl_);
    const std::string plain = plain_type(type_);
    const bool list = is_list_parameter(plain);
    p.type = keep(ctx_, !optional_ ? plain : list ? "CommaDelimitedList" : "String");
    p.description = keep(ctx_, decl_.doc);
    p.origin = decl_.name.span;
    p.no_echo = secret_;
    if (const auto group = find_decorator(frame_->env(), decl_, {}, "group")) {
      p.group = keep(ctx_, decorator_text(ctx_, *group));
    }
    allowed_values(p);
    constraints(p, plain == "Number");
    default_value(p);
    p.no_echo = p.no_echo || find_decorator(frame_->env(), decl_, {}, "noEcho").has_value();
    if (const auto text = find_decorator(frame_->env(), decl_, {}, "constraintDescription")) {
      p.constraint_description = keep(ctx_, decorator_text(ctx_, *text));
    }
    apply_raw(ctx_, raw_attributes(ctx_, find_decorator(frame_->env(), decl_, {}, "raw")), p);
    return p;
  }

 private:
  [[nodiscard]] ir::ValueRef literal(Target arm) const {
    const Kind base = arm.element().kind();
    if (!optional_ && base == Kind::Bool) return b_.boolean(arm.literal() == "true");
    if (!optional_ && is_number(base)) {
      return b_.integer(std::strtoll(std::string(arm.literal()).c_str(), nullptr, 10));
    }
    return b_.string(arm.literal());
  }

  void allowed_values(ir::Parameter& p) {
    std::vector<ir::ValueRef> values;
    // What CloudFormation says of a list's values counts for each of them.
    const Target type = type_.kind() == Kind::List ? type_.element() : type_;
    if (type.kind() == Kind::Bool) values = {b_.string("true"), b_.string("false")};
    if (type.kind() == Kind::Literal) values.push_back(literal(type));
    if (type.kind() == Kind::Union) {
      for (std::size_t i = 0; i < type.arm_count(); ++i) {
        if (type.arm(i).kind() != Kind::Literal) return;
        values.push_back(literal(type.arm(i)));
      }
    }
    if (values.empty()) return;
    if (optional_) values.push_back(b_.string(""));
    p.allowed_values = b_.list(values);
  }

  void constraints(ir::Parameter& p, bool number) {
    if (!id_.valid() || type_.kind() == Kind::Ssm) return;
    if (types_.kind(id_) == Kind::List) {
      const sema::Constraint each = types_[types_[id_].element].constraint;
      if (!each.pattern.empty())
        p.allowed_pattern =
            keep(ctx_, optional_ ? fmt::format("^$|{}", each.pattern) : std::string(each.pattern));
      return;
    }
    const sema::Constraint c = types_[id_].constraint;
    if (optional_) return optional_constraints(p, c, number);
    p.allowed_pattern = keep(ctx_, c.pattern);
    if (c.low) (number ? p.min_value : p.min_length) = b_.integer(*c.low);
    if (c.high) (number ? p.max_value : p.max_length) = b_.integer(*c.high);
  }

  /// The empty text stands for `none`, so it has to pass; everything else is in the pattern.
  void optional_constraints(ir::Parameter& p, const sema::Constraint& c, bool number) {
    if (p.allowed_values != nullptr) return;
    if (number) {
      p.allowed_pattern = keep(ctx_, number_pattern(c));
      return;
    }
    if (!c.pattern.empty()) {
      p.allowed_pattern = keep(ctx_, fmt::format("^$|{}", c.pattern));
    } else if (c.low && *c.low > 0) {
      p.allowed_pattern = keep(ctx_, c.high ? fmt::format("^$|^.{{{},{}}}$", *c.low, *c.high)
                                            : fmt::format("^$|^.{{{},}}$", *c.low));
      return;
    }
    if (c.high) p.max_length = b_.integer(*c.high);
  }

  /// A short range is written out; no pattern says more of a long one than that it is a number.
  [[nodiscard]] std::string number_pattern(const sema::Constraint& c) const {
    constexpr std::int64_t kShort = 64;
    if (type_.kind() != Kind::Int) return "^$|^-?[0-9]+([.][0-9]+)?$";
    if (!c.low || !c.high || *c.low < 0 || *c.high - *c.low >= kShort) return "^$|^-?[0-9]+$";
    std::string numbers;
    for (std::int64_t i = *c.low; i <= *c.high; ++i)
      numbers += fmt::format("{}{}", numbers.empty() ? "" : "|", i);
    return fmt::format("^$|^({})$", numbers);
  }

  void default_value(ir::Parameter& p) {
    const auto& param = std::get<ast::ParamDecl>(decl_.node);
    if (optional_) p.default_value = b_.string("");
    if (!param.default_value.valid()) return;
    const Env env = frame_->env();
    const Val v = coerce(ctx_, env, evaluate(ctx_, env, param.default_value), type_);
    if (v->is<Invalid>() || v->is<Absent>()) return;
    p.default_value = as_default(v);
    check_default(p, v, ast_of(frame_)[param.default_value].span);
  }

  /// CloudFormation takes the empty text for nothing, and splits a list's default at every comma.
  void check_default(const ir::Parameter& p, Val v, Span span) {
    const auto refuse = [&](std::string message, std::string help) {
      report(ctx_, frame_, Code::InvalidLiteral, span, std::move(message)).help(std::move(help));
    };
    if (const auto* list = v->get_if<List>()) {
      if (list->items.empty() && !optional_) {
        return refuse(fmt::format("the default of `{}` is an empty list, of which CloudFormation makes a "
                                  "list of one empty text",
                                  decl_.name.text),
                      "make its type optional: a list that is not given is `none`");
      }
      for (const Val item : list->items) {
        const std::string_view text = scalar_text(item, ctx_.values).value_or("");
        if (text.find(',') == std::string_view::npos) continue;
        return refuse(
            fmt::format("`{}` in the default of `{}` has a comma, at which CloudFormation splits the list",
                        text, decl_.name.text),
            "make it a `const param`, or take the text as a parameter of its own");
      }
    }
    if (!optional_ && p.type.starts_with("AWS::") && scalar_text(v, ctx_.values) == "") {
      refuse(fmt::format("the default of `{}` is empty, and CloudFormation refuses an empty `{}`",
                         decl_.name.text, p.type),
             "make its type optional: a parameter that is not given is `none`");
    }
  }

  /// A default is text, or a number where the parameter is one; a list is joined with commas.
  ir::ValueRef as_default(Val v) {
    const ir::Builder b = ctx_.ir.at(v->origin);
    if (v->written() != nullptr) return v->written();
    if (v->is<bool>() && !optional_ && type_.kind() == Kind::Union) return lower(ctx_, v);
    if (const auto* list = v->get_if<List>()) {
      std::string text;
      for (const Val item : list->items) {
        if (!text.empty()) text += ',';
        text += scalar_text(item, ctx_.values).value_or("");
      }
      return b.string(text);
    }
    if (!optional_ && (v->is<std::int64_t>() || v->is<Decimal>())) return lower(ctx_, v);
    return b.string(scalar_text(v, ctx_.values).value_or(""));
  }

  Context& ctx_;
  Frame* frame_;
  const ast::Decl& decl_;
  const ir::Builder b_;
  const sema::TypeTable& types_;
  sema::TypeId id_;
  Target type_;
  bool optional_ = false;
  bool secret_ = false;
};

std::string_view upstream_stack(const Context& ctx, const Frame* frame, ast::DeclId decl) {
  const std::string_view name = ast_of(frame)[decl].name.text;
  const auto set = ctx.settings.upstreams.find(std::string(name));
  if (set != ctx.settings.upstreams.end()) return set->second;
  for (const auto& [at, module] : frame->body->module->module->upstreams) {
    if (at == decl && module.valid()) return (*ctx.program.graph)[module].stack_name;
  }
  return {};
}

/// Whether the names of what it exports have the stack's name in them.
bool asks_stack_name(const ast::Ast& tree, const ast::Decl& upstream) {
  const auto* scheme = tree.get_if<ast::StringExpr>(std::get<ast::UpstreamDecl>(upstream.node).scheme);
  return scheme == nullptr || std::ranges::any_of(scheme->parts, [&](const ast::StringPart& part) {
           const auto* variable = tree.get_if<ast::NameExpr>(part.expr);
           return variable != nullptr && variable->name == "stack";
         });
}

}  // namespace

void emit_parameter(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  ir::Parameter p = Declare(ctx, frame, decl).make();
  if (claim(ctx, ctx.ids, p.id, frame, d.name.span, "logical ID")) ctx.tmpl.parameters.push_back(p);
}

std::string upstream_parameter_id(Context& ctx, const Frame* frame, const ast::Decl& decl) {
  if (const auto given = explicit_id(ctx, frame, decl)) return std::string(*given);
  return std::string(decl.name.text).append("StackName");
}

void emit_upstream_parameter(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  if (!asks_stack_name(ast_of(frame), d)) return;
  const ir::Builder b = ctx.ir.at(d.name.span);
  ir::Parameter p;
  p.id = keep(ctx, upstream_parameter_id(ctx, frame, d));
  p.type = "String";
  p.description =
      keep(ctx, d.doc.empty() ? fmt::format("Name of the stack whose exports are {} here", d.name.text)
                              : std::string(d.doc));
  p.origin = d.name.span;
  if (const std::string_view name = upstream_stack(ctx, frame, decl); !name.empty())
    p.default_value = b.string(name);
  if (claim(ctx, ctx.ids, p.id, frame, d.name.span, "logical ID")) ctx.tmpl.parameters.push_back(p);
}

Val parameter_value(Context& ctx, Frame* frame, ast::DeclId decl) {
  const ast::Decl& d = ast_of(frame)[decl];
  const sema::TypeTable& types = ctx.program.types;
  const sema::TypeId declared = frame->body->module->decl_types[decl.value];
  const bool optional = declared.valid() && types.is_optional(declared);
  const Target type(types, declared.valid() ? types.strip_optional(declared) : declared);
  const bool list = is_list_parameter(plain_type(type));
  const ir::Builder b = ctx.ir.at(d.name.span);
  const ir::ValueRef ref = b.ref(logical_id(ctx, frame, d));
  const bool bare =
      !list && (is_number(type.kind()) || type.kind() == Kind::Bool || plain_type(type) == "Number");
  const Val value = ctx.values.make(Late{ref, list, bare}, d.name.span);
  if (!optional) return value;
  const ir::ValueRef text = list ? b.join("", ref) : ref;
  const ir::ValueRef given = b.negate(b.equals(text, b.string("")));
  return choose(ctx, given, value, ctx.values.none(d.name.span), d.name.span);
}

}  // namespace stackc::eval
