#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "compiler/sema/checker.hpp"

/// Secrets and dynamic references: where they may go. A taint of the stage follows the value through names,
/// records, functions and components; what it must not reach is asked where it would.
namespace stackc::sema {

namespace {

std::string_view what_of(Taint taint) {
  switch (taint) {
    case Taint::Secret: return "a secret";
    case Taint::Opaque: return "a dynamic reference";
    default: return "known only later";
  }
}

Code code_of(Taint taint) {
  switch (taint) {
    case Taint::Secret: return Code::SecretEscapes;
    case Taint::Opaque: return Code::OpaqueValue;
    default: return Code::LateDocument;
  }
}

std::string help_of(Taint taint) {
  if (taint == Taint::Unheld) return "make it a hole, which an output of the stack fills: `hole(\"NAME\", value)`";
  return taint == Taint::Secret
             ? "secrets go into properties that are made for them (`MasterUserPassword`, `SecretString`, …); "
               "`unchecked(…)` lets this one out"
             : "CloudFormation puts the value in when it gives the property to the service, so it is a whole value "
               "or part of a text";
}

constexpr std::array<std::string_view, 21> kSecretEnds = {
    "password",  "passwords",  "passphrase", "secret",      "secretstring",     "secretkey",  "privatekey",
    "sharedkey", "authkey",    "accesskey",  "accesskeyid", "apikey",           "apikeyvalue", "token",
    "username",  "credential", "passwd",     "credentials", "connectionstring", "sastoken",   "headervalue",
};
/// Names of what ends like a secret and is none.
constexpr std::array<std::string_view, 7> kNoSecrets = {
    "clienttoken",   "clientrequesttoken", "idempotencytoken",    "creationtoken",
    "nexttoken",     "paginationtoken",    "callerreferencetoken",
};

/// Which of `kSecretEnds` end with a letter, a bit each.
constexpr std::array<std::uint32_t, 26> kEndsWith = [] {
  std::array<std::uint32_t, 26> ends{};
  for (std::size_t i = 0; i < kSecretEnds.size(); ++i) {
    ends[static_cast<std::size_t>(kSecretEnds[i].back() - 'a')] |= std::uint32_t{1} << i;
  }
  return ends;
}();

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Where `end` begins in a name that ends with it, whatever its case, `_` and `-` left out; nothing: it does
/// not. Every property of every resource asks, so nothing is copied.
std::optional<std::size_t> ends_in_words(std::string_view name, std::string_view end) {
  std::size_t at = name.size();
  for (std::size_t i = end.size(); i > 0; --i) {
    while (at > 0 && (name[at - 1] == '_' || name[at - 1] == '-')) --at;
    if (at == 0 || lower(name[at - 1]) != end[i - 1]) return std::nullopt;
    --at;
  }
  while (at > 0 && (name[at - 1] == '_' || name[at - 1] == '-')) --at;
  return at;
}

}  // namespace

/// By its name: AWS's data does not say which properties are made for secrets.
bool ModuleChecker::made_for_secrets(std::string_view property, bool identity) {
  if (identity) return false;
  // The last letter says no for nearly all of the ends: 100 instructions for a property instead of 1,400.
  const std::size_t last = property.find_last_not_of("_-");
  if (last == std::string_view::npos) return false;
  const char letter = lower(property[last]);
  if (letter < 'a' || letter > 'z') return false;
  bool ends = false;
  for (std::uint32_t some = kEndsWith[static_cast<std::size_t>(letter - 'a')]; some != 0 && !ends; some &= some - 1) {
    ends = ends_in_words(property, kSecretEnds[static_cast<std::size_t>(std::countr_zero(some))]).has_value();
  }
  if (!ends) return false;
  return std::ranges::none_of(kNoSecrets, [&](std::string_view all) { return ends_in_words(property, all) == 0; });
}

TypeId ModuleChecker::without_secrets(TypeId id) {
  const Type& t = type(id);
  switch (t.kind) {
    case Kind::Secret: return without_secrets(t.element);
    case Kind::Optional: return types_.optional(without_secrets(t.element));
    case Kind::List: return types_.list(without_secrets(t.element));
    case Kind::Map: return types_.map(without_secrets(t.element));
    case Kind::Record: {
      std::vector<FieldType> fields(t.fields.begin(), t.fields.end());
      for (FieldType& f : fields) f.type = without_secrets(f.type);
      return types_.record(std::move(fields));
    }
    default: return id;
  }
}

TypeId ModuleChecker::value_type(ast::TypeId id, const Body* body) { return without_secrets(resolve_type(id, body)); }

/// What the compiler knows stands in the template for everybody to read.
void ModuleChecker::refuse_const_secret(ast::TypeId type) {
  report(Code::ParamTypeNotAllowed, ast_[type].span, "a secret cannot be known at compile time: it would stand in the template")
      .help("take a `param`, whose value CloudFormation keeps to itself, or read it with `secret(…)`");
}

/// `s` with the secrets of the type `id`, which `name` declares, marked.
Stage ModuleChecker::with_secrets(Stage s, TypeId id, const ast::Name& name) {
  if (without_secrets(id) == id) return s;
  const Type& t = type(id);
  switch (t.kind) {
    case Kind::Secret:
      return stages_.tainted(s, Taint::Secret, stages_.because_of(name.span, name.text, " holds a secret"));
    case Kind::Optional:
    case Kind::List:
    case Kind::Map: return stages_.with_element(s, with_secrets(stages_.element(s), t.element, name));
    case Kind::Record: {
      std::vector<StageField> fields;
      for (const FieldType& f : t.fields) fields.push_back({f.name, with_secrets(stages_.field(s, f.name), f.type, name)});
      return stages_.with_fields(s, std::move(fields));
    }
    default: return s;
  }
}

bool ModuleChecker::refuse(Stage s, Taint taint, Span span, std::string_view reason) {
  const Why* why = Stages::taint_of(s, taint);
  if (why == nullptr) {
    if (Stages::may_become(s)) stages_.refuse(s, {taint, span, stages_.keep(reason)});
    return true;
  }
  Diagnostic& d = report(code_of(taint), span, fmt::format("{}, and this is {}", reason, what_of(taint)));
  add_chain(d, why);
  d.help(help_of(taint));
  return false;
}

/// What a body refuses of its parameter `root`, asked of the argument.
void ModuleChecker::compare_refusals(std::uint32_t root, std::string_view name, Stage argument, Span span, Span declared) {
  const bool tainted = Stages::taint_of(argument, Taint::Secret) != nullptr ||
                       Stages::taint_of(argument, Taint::Opaque) != nullptr ||
                       Stages::taint_of(argument, Taint::Unheld) != nullptr;
  if (!tainted && !Stages::may_become(argument)) return;
  const auto known = stages_.refusals_of(root);
  const std::vector<std::pair<ParamNode, Refusal>> refusals(known.begin(), known.end());
  for (const auto& [node, refusal] : refusals) {
    const Why* why = stages_.refuse(stages_.at_path(argument, node), {refusal.taint, span, refusal.reason});
    if (why == nullptr) continue;
    Diagnostic& d = report(code_of(refusal.taint), span,
                           fmt::format("this is {}, and `{}{}` goes {}", what_of(refusal.taint), name, stages_.path_text(node),
                                       refusal.taint == Taint::Unheld ? "into a document" : "where it must not"));
    d.label(refusal.span, std::string(refusal.reason));
    if (declared.valid() && refusal.span != declared) d.label(declared, "the param");
    add_chain(d, why);
    d.help(help_of(refusal.taint));
    return;
  }
}

/// A value that goes into a slot of CloudFormation's own; false: reported.
bool ModuleChecker::check_flow(Stage s, TypeId expected, Span span, const Slot& slot, int depth) {
  if (slot.metadata && !refuse(s, Taint::Opaque, span, fmt::format("CloudFormation resolves nothing in {}", slot.what))) return false;
  if (slot.secrets && !slot.metadata) return true;
  const bool certain = Stages::taint_of(s, Taint::Secret) != nullptr;
  if (!certain && !Stages::may_become(s)) return true;
  const TypeId content = types_.strip_optional(expected);
  const Type& t = type(content);
  constexpr int kMaxDepth = 4;
  const bool leaf = s->taints[static_cast<std::size_t>(Taint::Secret)] != nullptr;
  if (!leaf && depth < kMaxDepth && (t.kind == Kind::List || t.kind == Kind::Map)) {
    for (const StageField& f : s->fields) {
      if (!check_flow(f.stage, t.element, span, slot, depth + 1)) return false;
    }
    return check_flow(stages_.element(s), t.element, span, slot, depth + 1);
  }
  if (!leaf && depth < kMaxDepth && t.kind == Kind::Nested) {
    const schema::Properties props = t.nested.properties();
    const std::string owner = text(content);
    for (std::size_t i = 0; i < props.size(); ++i) {
      Slot inner = slot;
      inner.what = {"property", props[i].name(), owner};
      inner.secrets = made_for_secrets(props[i].name(), false);
      const TypeId property = types_.from_schema(props[i].type());
      if (!check_flow(stages_.field(s, props[i].name()), property, span, inner, depth + 1)) return false;
    }
    return true;
  }
  return refuse(s, Taint::Secret, span, fmt::format("{} can be read by others", slot.what));
}

}  // namespace stackc::sema
