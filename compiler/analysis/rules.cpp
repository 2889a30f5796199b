#include <unordered_map>

#include "compiler/analysis/checks.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {

namespace {

/// The logical ID that `value` refers to, by Ref or by an attribute; empty: none.
std::string_view referred(ir::ValueRef value) {
  if (value == nullptr) return {};
  for (const ir::Fn fn : {ir::Fn::Ref, ir::Fn::GetAtt}) {
    if (const ir::Call* c = value->call(fn)) {
      if (const auto* id = c->args[0]->get_if<std::string_view>()) return *id;
    }
  }
  return {};
}

ir::ValueRef property(const ir::Resource& r, std::string_view name) {
  const auto* body = r.properties == nullptr ? nullptr : r.properties->get_if<ir::Object>();
  return body == nullptr ? nullptr : body->find(name);
}

/// Whether inline egress rules only close the group: AWS opens a group that has none, so one that leads nowhere
/// stands for nothing.
bool only_closes(ir::ValueRef egress) {
  const auto* rules = egress->get_if<ir::List>();
  if (rules == nullptr) return false;
  for (const ir::ValueRef rule : rules->items) {
    const auto* body = rule->get_if<ir::Object>();
    const ir::ValueRef to = body == nullptr ? nullptr : body->find("CidrIp");
    const auto* cidr = to == nullptr ? nullptr : to->get_if<std::string_view>();
    if (cidr == nullptr || (*cidr != "127.0.0.1/32" && *cidr != "255.255.255.255/32")) return false;
  }
  return true;
}

}  // namespace

/// A group's inline rules are set as a whole, so a rule that stands alone may be undone by the next change of the
/// group, and the other way round.
void check_security_group_rules(const ir::Template& t, Sink& sink) {
  std::unordered_map<std::string_view, const ir::Resource*> inline_ingress, inline_egress;
  for (const ir::Resource& r : t.resources) {
    if (r.type != "AWS::EC2::SecurityGroup") continue;
    if (property(r, "SecurityGroupIngress") != nullptr) inline_ingress[r.id] = &r;
    const ir::ValueRef egress = property(r, "SecurityGroupEgress");
    if (egress != nullptr && !only_closes(egress)) inline_egress[r.id] = &r;
  }
  if (inline_ingress.empty() && inline_egress.empty()) return;
  for (const ir::Resource& r : t.resources) {
    const bool ingress = r.type == "AWS::EC2::SecurityGroupIngress";
    if (!ingress && r.type != "AWS::EC2::SecurityGroupEgress") continue;
    auto& groups = ingress ? inline_ingress : inline_egress;
    const auto group = groups.find(referred(property(r, "GroupId")));
    if (group == groups.end()) continue;
    Diagnostic& d = sink.report(Code::MixedRules, r.origin,
                                fmt::format("`{}` has inline rules, which fight with the rule `{}`", group->first, r.id));
    d.label(group->second->origin, "the group");
    d.help("use one form for a group: `allow` and rules of their own, or inline rules only");
    groups.erase(group);  // one cause, one finding
  }
}

}  // namespace stackc::analysis
