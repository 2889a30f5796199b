#include "compiler/deploy/arns.hpp"

#include <algorithm>
#include <cctype>

#include "compiler/base/text.hpp"

namespace stackc::deploy {
namespace {

/// CloudFormation shortens long parts of the names that it makes; so much of a stack's name is always there.
constexpr std::size_t kKeptOfStack = 24;

std::string pseudo(std::string_view name, const Target& target) {
  if (name == "AWS::StackName") return target.stack;
  if (name == "AWS::Region") return target.region;
  if (name == "AWS::AccountId") return target.account;
  if (name == "AWS::Partition") return target.partition;
  return "*";
}

/// `${…}` of an `Fn::Sub` that stands as it was written.
std::string filled(std::string_view text, const Target& target) {
  std::string out;
  while (!text.empty()) {
    const std::size_t at = text.find("${");
    const std::size_t end = at == std::string_view::npos ? at : text.find('}', at);
    out += text.substr(0, end == std::string_view::npos ? text.size() : at);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(at + 2, end - at - 2);
    if (name.starts_with('!')) out += fmt::format("${{{}}}", name.substr(1));
    else out += pseudo(name, target);
    text.remove_prefix(end + 1);
  }
  return out;
}

/// One star is as good as several.
std::string without_repeated_stars(std::string text) {
  const auto last = std::unique(text.begin(), text.end(), [](char a, char b) { return a == '*' && b == '*'; });
  text.erase(last, text.end());
  return text;
}

std::string raw_pattern(ir::ValueRef v, const Target& target) {
  if (const auto* text = v->get_if<std::string_view>()) return std::string(*text);
  if (const auto* number = v->get_if<std::int64_t>()) return fmt::format("{}", *number);
  const auto* call = v->get_if<ir::Call>();
  if (call == nullptr || call->args.empty()) return "*";
  std::string out;
  if (call->fn == ir::Fn::Ref) {
    const auto* name = call->args[0]->get_if<std::string_view>();
    return name != nullptr ? pseudo(*name, target) : "*";
  }
  if (call->fn == ir::Fn::Sub) {
    for (const ir::ValueRef part : call->args) out += raw_pattern(part, target);
    return out;
  }
  if (call->fn == ir::Fn::SubText && call->args.size() == 1) {
    const auto* text = call->args[0]->get_if<std::string_view>();
    return text != nullptr ? filled(*text, target) : "*";
  }
  if (call->fn == ir::Fn::Join && call->args.size() == 2) {
    const auto* between = call->args[0]->get_if<std::string_view>();
    const auto* list = call->args[1]->get_if<ir::List>();
    if (between == nullptr || list == nullptr) return "*";
    for (std::size_t i = 0; i < list->items.size(); ++i) {
      if (i > 0) out += *between;
      out += raw_pattern(list->items[i], target);
    }
    return out;
  }
  return "*";
}

/// The resource of `t` whose identity `v` is; null when it is something else.
const ir::Resource* referred(ir::ValueRef v, const ir::Template& t) {
  const auto* call = v != nullptr ? v->get_if<ir::Call>() : nullptr;
  if (call == nullptr || call->args.empty() || (call->fn != ir::Fn::Ref && call->fn != ir::Fn::GetAtt)) return nullptr;
  const auto* id = call->args[0]->get_if<std::string_view>();
  if (id == nullptr) return nullptr;
  const auto found = std::find_if(t.resources.begin(), t.resources.end(), [&](const ir::Resource& r) { return r.id == *id; });
  return found != t.resources.end() ? &*found : nullptr;
}

}  // namespace

std::string pattern_of(ir::ValueRef v, const Target& target) {
  return v == nullptr ? std::string{} : without_repeated_stars(raw_pattern(v, target));
}

std::string name_of(const ir::Resource& r, const Needs& needs, const ir::Template& t, const Target& target) {
  const auto* properties = r.properties != nullptr ? r.properties->get_if<ir::Object>() : nullptr;
  const ir::ValueRef given = properties != nullptr && !needs.name.empty() ? properties->find(needs.name) : nullptr;
  if (const ir::Resource* other = referred(given, t); other != nullptr && other != &r) {
    const Entry* entry = find_entry(other->type);
    return entry != nullptr ? name_of(*other, {{}, entry->own, entry->name, entry->service, entry->naming}, t, target) : "*";
  }
  if (given != nullptr && !given->is_no_value()) {
    std::string name = pattern_of(given, target);
    const ir::ValueRef path = needs.own == "role" || needs.own == "policy" ? properties->find("Path") : nullptr;
    std::string folder = pattern_of(path, target);
    if (folder.size() > 1) name = fmt::format("{}{}", std::string_view(folder).substr(1), name);
    if (name.starts_with('/') && needs.own == "parameter") name.erase(0, 1);
    if (needs.own == "Secret") name += "-*";  // the service adds six characters
    return name;
  }
  if (needs.naming == Naming::None || target.stack.empty()) return "*";
  std::string start = target.stack.substr(0, kKeptOfStack);
  if (needs.naming == Naming::Lower) {
    for (char& c : start) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return without_repeated_stars(start + "*");
}

std::vector<std::string> arns_of(iam::ResourceType type, std::string_view name, const Target& target) {
  std::vector<std::string> arns;
  std::string_view forms = type.arn();
  while (!forms.empty()) {
    const std::size_t comma = std::min(forms.find(','), forms.size());
    std::string_view form = forms.substr(0, comma);
    forms.remove_prefix(std::min(comma + 1, forms.size()));
    const std::size_t last = form.rfind("${");
    std::string arn;
    for (std::size_t at = 0; at < form.size();) {
      const std::size_t open = form.find("${", at);
      const std::size_t close = open == std::string_view::npos ? open : form.find('}', open);
      if (close == std::string_view::npos) {
        arn += form.substr(at);
        break;
      }
      arn += form.substr(at, open - at);
      const std::string_view variable = form.substr(open + 2, close - open - 2);
      if (variable == "Partition") arn += target.partition;
      else if (variable == "Region") arn += target.region;
      else if (variable == "Account") arn += target.account;
      else if (variable == "TaskDefinitionRevisionNumber") arn += "*";
      else if (open == last || form.find("${TaskDefinitionRevisionNumber}", close) != std::string_view::npos) arn += name;
      else arn += "*";
      at = close + 1;
    }
    arn = without_repeated_stars(std::move(arn));
    // Requests for a log group name it with and without what is inside.
    if (type.name() == "log-group" && !arn.ends_with('*')) arns.push_back(arn + ":*");
    arns.push_back(std::move(arn));
  }
  return arns;
}

std::string arn_of_service(std::string_view arn) {
  std::size_t end = 0;
  for (int colons = 0; colons < 5; ++colons) {
    end = arn.find(':', colons == 0 ? 0 : end + 1);
    if (end == std::string_view::npos) return "*";
  }
  return fmt::format("{}:*", arn.substr(0, end));
}

}  // namespace stackc::deploy
