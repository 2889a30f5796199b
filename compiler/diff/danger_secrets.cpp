#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/diff/danger_search.hpp"

// What was secret and will stand in plain text. Values are never said.
namespace stackc::diff {
namespace {

using ir::ValueRef;

bool holds_secret(const Scope& scope, ValueRef v) {
  if (v == nullptr) return false;
  if (const auto* text = v->get_if<std::string_view>()) {
    return text->find("{{resolve:secretsmanager:") != std::string_view::npos ||
           text->find("{{resolve:ssm-secure:") != std::string_view::npos;
  }
  const auto below = [&](ValueRef inner) { return holds_secret(scope, inner); };
  if (const auto* list = v->get_if<ir::List>())
    return std::any_of(list->items.begin(), list->items.end(), below);
  if (const auto* object = v->get_if<ir::Object>()) {
    return std::any_of(object->members.begin(), object->members.end(),
                       [&](const ir::Member& m) { return below(m.value); });
  }
  const auto* c = v->get_if<ir::Call>();
  if (c == nullptr) return false;
  if (c->fn == ir::Fn::Ref && !c->args.empty()) {
    const auto* id = c->args[0]->get_if<std::string_view>();
    const auto& parameters = scope.tmpl().parameters;
    return id != nullptr && std::any_of(parameters.begin(), parameters.end(),
                                        [&](const ir::Parameter& p) { return p.id == *id && p.no_echo; });
  }
  return std::any_of(c->args.begin(), c->args.end(), below);
}

/// A member as a template spells it, or as a document for ECS's API does: `Secrets`, `secrets`.
ValueRef at(ValueRef v, std::string_view key) {
  const auto* object = v == nullptr ? nullptr : v->get_if<ir::Object>();
  if (object == nullptr) return nullptr;
  if (const ValueRef found = object->find(key)) return found;
  std::string camel(key);
  camel[0] = static_cast<char>(camel[0] - 'A' + 'a');
  return object->find(camel);
}

/// The names in a container's list (`Secrets`, `Environment`), with the container's own: `web/DB_PASSWORD`.
std::vector<std::string> names_in(const Scope& scope, ValueRef task, std::string_view list) {
  std::vector<std::string> out;
  for (const Entry& container : scope.entries(at(task, "ContainerDefinitions"))) {
    const std::string name = scope.shown(scope.text(at(container.value, "Name"), container.when));
    for (const Entry& e : scope.entries(at(container.value, list), container.when)) {
      out.push_back(fmt::format("{}/{}", name, scope.shown(scope.text(at(e.value, "Name"), e.when))));
    }
  }
  return out;
}

/// `id`: of the task definition's resource, or empty; `shown`: what it is called.
void task(Search& s, std::string_view id, std::string_view shown, ValueRef before, ValueRef after,
          Span origin) {
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const auto secrets = names_in(s.before, before, "Secrets"), still = names_in(s.after, after, "Secrets");
  const auto plain_before = names_in(s.before, before, "Environment");
  for (const std::string& name : names_in(s.after, after, "Environment")) {
    if (!has(secrets, name) || has(still, name) || has(plain_before, name)) continue;
    const auto slash = name.find('/');
    Danger& d =
        s.add(DangerKind::SecurityWidening, id,
              fmt::format(
                  "`{}` was a secret of the container `{}` in `{}` and becomes a plain environment variable",
                  name.substr(slash + 1), name.substr(0, slash), shown));
    d.help = "keep it in `Secrets`: everyone who may describe the task definition reads its environment";
    if (id.empty()) d.origin = origin;
  }
}

/// Files beside the template, for ECS's API.
void documents(Search& s) {
  for (const ir::Document& after : s.after.tmpl().documents) {
    for (const ir::Document& before : s.before.tmpl().documents) {
      if (before.path == after.path) task(s, {}, after.path, before.value, after.value, after.origin);
    }
  }
}

bool is_literal(ValueRef v) { return v != nullptr && v->get_if<std::string_view>() != nullptr; }

/// What is a secret by its type, and how its value stands there now.
bool becomes_plain(const Scope& before, const Scope& after, const ResourceChange& r,
                   const PropertyChange& p) {
  if (r.type == "AWS::CodeBuild::Project" && p.path.ends_with("].Type")) {
    const auto* was = p.before == nullptr ? nullptr : p.before->get_if<std::string_view>();
    const auto* will = p.after == nullptr ? nullptr : p.after->get_if<std::string_view>();
    return was != nullptr && *was != "PLAINTEXT" &&
           (p.after == nullptr || (will != nullptr && *will == "PLAINTEXT"));
  }
  if (p.after == nullptr || holds_secret(after, p.after)) return false;
  return holds_secret(before, p.before) || (p.secret && is_literal(p.after) && !is_literal(p.before));
}

}  // namespace

void find_secrets(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.before == nullptr || r.after == nullptr) continue;
    if (r.type == "AWS::ECS::TaskDefinition")
      task(s, r.id, r.id, r.before->properties, r.after->properties, {});
    for (const PropertyChange& p : r.properties) {
      if (!becomes_plain(s.before, s.after, r, p)) continue;
      s.add(DangerKind::SecurityWidening, r.id,
            fmt::format("`{}` of `{}` is a secret and will stand in plain text", p.path, r.id))
          .help = "keep it a dynamic reference (`{{resolve:secretsmanager:…}}`) or a parameter with `NoEcho`";
    }
  }
  documents(s);
  for (const EntryChange& e : s.diff.entries) {
    if (e.section == "Parameters" && e.path == "Default" && e.secret && e.before == nullptr &&
        is_literal(e.after)) {
      s.add(DangerKind::SecurityWidening, {},
            fmt::format("the parameter `{}` has `NoEcho` and gets a default, which stands in plain text",
                        e.id))
          .origin = e.origin;
    }
    if (e.section != "Parameters" || e.path != "NoEcho") continue;
    const auto* was = e.before == nullptr ? nullptr : e.before->get_if<bool>();
    const auto* will = e.after == nullptr ? nullptr : e.after->get_if<bool>();
    if (was == nullptr || !*was || (will != nullptr && *will)) continue;
    s.add(DangerKind::SecurityWidening, {},
          fmt::format("the parameter `{}` had `NoEcho` and is shown to everyone who may describe the stack",
                      e.id))
        .origin = e.origin;
  }
}

}  // namespace stackc::diff
