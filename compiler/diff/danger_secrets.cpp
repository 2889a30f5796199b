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

ValueRef at(ValueRef v, std::string_view key) {
  const auto* object = v == nullptr ? nullptr : v->get_if<ir::Object>();
  return object == nullptr ? nullptr : object->find(key);
}

/// The names in a container's list (`Secrets`, `Environment`), with the container's own: `web/DB_PASSWORD`.
std::vector<std::string> names_in(const Scope& scope, const ir::Resource* r, std::string_view list) {
  std::vector<std::string> out;
  if (r == nullptr) return out;
  for (const Entry& container : scope.entries(at(r->properties, "ContainerDefinitions"))) {
    const std::string name = scope.shown(scope.text(at(container.value, "Name"), container.when));
    for (const Entry& e : scope.entries(at(container.value, list), container.when)) {
      out.push_back(fmt::format("{}/{}", name, scope.shown(scope.text(at(e.value, "Name"), e.when))));
    }
  }
  return out;
}

void task(Search& s, const ResourceChange& r) {
  const auto has = [](const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
  };
  const auto secrets = names_in(s.before, r.before, "Secrets"), still = names_in(s.after, r.after, "Secrets");
  const auto plain_before = names_in(s.before, r.before, "Environment");
  for (const std::string& name : names_in(s.after, r.after, "Environment")) {
    if (!has(secrets, name) || has(still, name) || has(plain_before, name)) continue;
    const auto slash = name.find('/');
    s.add(DangerKind::SecurityWidening, r.id,
          fmt::format(
              "`{}` was a secret of the container `{}` in `{}` and becomes a plain environment variable",
              name.substr(slash + 1), name.substr(0, slash), r.id))
        .help = "keep it in `Secrets`: everyone who may describe the task definition reads its environment";
  }
}

}  // namespace

void find_secrets(Search& s) {
  for (const ResourceChange& r : s.diff.resources) {
    if (r.before == nullptr || r.after == nullptr) continue;
    if (r.type == "AWS::ECS::TaskDefinition") task(s, r);
    for (const PropertyChange& p : r.properties) {
      if (p.after == nullptr || !holds_secret(s.before, p.before) || holds_secret(s.after, p.after)) continue;
      s.add(DangerKind::SecurityWidening, r.id,
            fmt::format("`{}` of `{}` was a secret and stands in plain text", p.path, r.id))
          .help = "keep it a dynamic reference (`{{resolve:secretsmanager:…}}`) or a parameter with `NoEcho`";
    }
  }
  for (const EntryChange& e : s.diff.entries) {
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
