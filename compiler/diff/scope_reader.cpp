#include "compiler/diff/scope_reader.hpp"

#include "compiler/base/text.hpp"
#include "compiler/ir/pseudo.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::diff {

using ir::Fn;
using ir::ValueRef;

namespace {

constexpr int kMaxDepth = 24;

const std::string_view* literal(ValueRef v) { return v == nullptr ? nullptr : v->get_if<std::string_view>(); }

Text literal_text(std::string_view text) {
  Text out;
  out.add(text);
  return out;
}

/// Does the template give the resource a name of its own? Then its ids may be equal to a text.
bool is_named(const schema::ResourceType& type, const ir::Object* properties) {
  if (!type) return true;
  if (properties == nullptr) return false;
  for (const std::string_view member : type.primary_identifier()) {
    if (properties->find(member) != nullptr) return true;
  }
  const std::string_view name = type.name().substr(type.name().rfind(':') + 1);
  return properties->find("Name") != nullptr || properties->find(fmt::format("{}Name", name)) != nullptr;
}

}  // namespace

Text Reader::one(Symbol symbol) {
  Text out;
  out.add(s_.symbols_.intern(std::move(symbol)));
  return out;
}

Text Reader::free(ValueRef v, int depth) {
  return one({fmt::format("value {}", key(v, Says::Key, depth)),
              key(v, Says::Words, depth),
              {},
              Symbol::Kind::Free});
}

Text Reader::text(ValueRef v, int depth) {
  if (v == nullptr) return {};
  if (depth > kMaxDepth) return one({fmt::format("deep {}", ir::hash(v)), "…", {}, Symbol::Kind::Free});
  if (const auto* s = v->get_if<std::string_view>()) return literal_text(*s);
  if (const auto* i = v->get_if<std::int64_t>()) return literal_text(fmt::to_string(*i));
  if (const auto* b = v->get_if<bool>()) return literal_text(*b ? "true" : "false");
  if (const auto* d = v->get_if<ir::Decimal>()) return literal_text(d->text);
  if (const auto* c = v->get_if<ir::Call>()) return of_call(*c, v, depth + 1);
  return free(v, depth + 1);
}

Text Reader::of_call(const ir::Call& c, ValueRef v, int depth) {
  switch (c.fn) {
    case Fn::Ref:
      if (const auto* name = c.args.empty() ? nullptr : literal(c.args[0])) return of_name(*name, depth);
      break;
    case Fn::GetAtt: {
      const auto* id = c.args.size() == 2 ? literal(c.args[0]) : nullptr;
      const auto* attribute = id == nullptr ? nullptr : literal(c.args[1]);
      if (attribute != nullptr) return of_resource(*id, *attribute, depth);
      break;
    }
    case Fn::Sub: {
      Text out;
      for (ValueRef part : c.args) out.add(text(part, depth));
      return out;
    }
    case Fn::SubText:
      return of_sub(c, depth);
    case Fn::Join:
      return of_join(c, v, depth);
    case Fn::Select:
      return of_select(c, v, depth);
    case Fn::FindInMap:
      return of_map(c, v, depth);
    case Fn::If:
      if (const ValueRef inner = s_.settled(v, when_); inner != v) return text(inner, depth);
      break;
    default:
      break;
  }
  return free(v, depth);
}

Text Reader::of_name(std::string_view name, int depth) {
  if (name.starts_with("AWS::")) {
    const std::string_view said = ir::pseudo_name(name);
    return one({std::string(name), std::string(said.empty() ? name : said), {}, Symbol::Kind::Pseudo});
  }
  if (const auto at = s_.values_.find(name); at != s_.values_.end()) return literal_text(at->second);
  if (s_.resource(name) != nullptr) return of_resource(name, {}, depth);
  std::string key = fmt::format("parameter {}", name);
  // What is stored under another path is another value.
  const auto at = s_.parameters_.find(name);
  if (at != s_.parameters_.end() && at->second->type.starts_with("AWS::SSM::")) {
    if (const auto* path = literal(at->second->default_value)) key += fmt::format(" at {}", *path);
  }
  return one({std::move(key), std::string(name), {}, Symbol::Kind::Free});
}

/// `attribute` empty: what `Ref` gives.
Text Reader::of_resource(std::string_view id, std::string_view attribute, int depth) {
  const ir::Resource* r = s_.resource(id);
  const std::string_view new_id = s_.new_id(id);
  const schema::ResourceType type = r == nullptr ? schema::ResourceType{} : s_.schema().find(r->type);
  const auto* properties =
      r == nullptr || r->properties == nullptr ? nullptr : r->properties->get_if<ir::Object>();
  std::string_view member = attribute;
  if (type) member = type.canonical(attribute.empty() ? type.ref_member() : attribute);
  // What `Ref` gives of a bucket is its name, and the name may stand in the template.
  if (type && properties != nullptr && type.is_identity(member) && type.properties().find(member)) {
    if (const ValueRef given = properties->find(member)) return text(given, depth + 1);
  }
  if (r != nullptr && r->type == "AWS::S3::Bucket" && member == "Arn") {
    Text arn = literal_text("arn:");
    arn.add(of_name("AWS::Partition", depth));
    arn.add(":s3:::");
    arn.add(of_resource(id, {}, depth + 1));
    return arn;
  }
  Symbol s;
  s.key = fmt::format("resource {}.{}", new_id, member);
  s.shown = attribute.empty() && !member.ends_with("Id") && !member.ends_with("Arn")
                ? std::string(new_id)
                : fmt::format("{}.{}", new_id, member.empty() ? "ref" : member);
  s.resource = new_id;
  s.kind = r == nullptr                 ? Symbol::Kind::Free
           : is_named(type, properties) ? Symbol::Kind::Given
                                        : Symbol::Kind::Generated;
  return one(std::move(s));
}

Text Reader::of_sub(const ir::Call& c, int depth) {
  const auto* source = c.args.empty() ? nullptr : literal(c.args[0]);
  if (source == nullptr) return {};
  const auto* variables = c.args.size() > 1 ? c.args[1]->get_if<ir::Object>() : nullptr;
  Text out;
  for (const ir::SubPart& part : ir::sub_parts(*source)) {
    if (!part.is_name) {
      out.add(part.text);
    } else if (const ValueRef given = variables == nullptr ? nullptr : variables->find(part.text)) {
      out.add(text(given, depth));
    } else if (const auto dot = part.text.find('.'); dot != std::string_view::npos) {
      out.add(of_resource(part.text.substr(0, dot), part.text.substr(dot + 1), depth));
    } else {
      out.add(of_name(part.text, depth));
    }
  }
  return out;
}

Text Reader::of_join(const ir::Call& c, ValueRef v, int depth) {
  const auto* delimiter = c.args.size() == 2 ? literal(c.args[0]) : nullptr;
  const auto* list = delimiter == nullptr ? nullptr : c.args[1]->get_if<ir::List>();
  if (list == nullptr) return free(v, depth);
  Text out;
  bool first = true;
  for (ValueRef item : list->items) {
    item = s_.settled(item, when_);
    if (item == nullptr) continue;
    if (!first) out.add(*delimiter);
    first = false;
    out.add(text(item, depth));
  }
  return out;
}

Text Reader::of_select(const ir::Call& c, ValueRef v, int depth) {
  const auto* list = c.args.size() == 2 ? c.args[1]->get_if<ir::List>() : nullptr;
  const Text index = c.args.empty() ? Text{} : text(c.args[0], depth);
  if (list == nullptr || !index.literal()) return free(v, depth);
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    if (index.str() == fmt::to_string(i)) return text(list->items[i], depth);
  }
  return free(v, depth);
}

Text Reader::of_map(const ir::Call& c, ValueRef v, int depth) {
  const Text map = c.args.empty() ? Text{} : text(c.args[0], depth);
  const auto found = map.literal() ? s_.mappings_.find(map.str()) : s_.mappings_.end();
  if (found == s_.mappings_.end()) return free(v, depth);
  ValueRef at = found->second;
  for (std::size_t i = 1; at != nullptr && i < 3 && i < c.args.size(); ++i) {
    const Text name = text(c.args[i], depth);
    const auto* object = name.literal() ? at->get_if<ir::Object>() : nullptr;
    at = object == nullptr ? nullptr : object->find(name.str());
  }
  if (at != nullptr && c.args.size() >= 3) return text(at, depth);
  // A key that only a deployment knows: the value is the same as long as the mapping is.
  return one({fmt::format("value {} of {}", key(v, Says::Key, depth), ir::hash(found->second)),
              key(v, Says::Words, depth),
              {},
              Symbol::Kind::Free});
}

std::string Reader::key(ValueRef v, Says says, int depth) {
  if (v == nullptr) return "none";
  if (depth > kMaxDepth) return says == Says::Key ? fmt::format("deep {}", ir::hash(v)) : "…";
  v = s_.settled(v, when_);
  if (v == nullptr) return "none";
  std::vector<std::string> parts;
  if (const auto* list = v->get_if<ir::List>()) {
    for (ValueRef item : list->items) parts.push_back(key(item, says, depth + 1));
    return fmt::format("[{}]", fmt::join(parts, ", "));
  }
  if (const auto* object = v->get_if<ir::Object>()) {
    for (const ir::Member& m : object->members)
      parts.push_back(fmt::format("{}: {}", m.key, key(m.value, says, depth + 1)));
    return fmt::format("{{{}}}", fmt::join(parts, ", "));
  }
  const auto* c = v->get_if<ir::Call>();
  const bool plain =
      c == nullptr || c->fn == Fn::Ref || c->fn == Fn::GetAtt || c->fn == Fn::Sub || c->fn == Fn::SubText;
  if (plain) {
    const Text t = text(v, depth + 1);
    if (t.literal()) return fmt::format("\"{}\"", t.str());
    return says == Says::Key ? s_.key(t) : s_.shown(t);
  }
  for (ValueRef arg : c->args) parts.push_back(key(arg, says, depth + 1));
  std::string_view name = ir::key_of(c->fn);
  if (name.starts_with("Fn::")) name.remove_prefix(4);
  return fmt::format("{}({})", name, fmt::join(parts, ", "));
}

std::string Reader::formula(ValueRef v, Says says, int depth) {
  const auto* c = v == nullptr ? nullptr : v->get_if<ir::Call>();
  if (c == nullptr || depth > kMaxDepth) return key(v, says, depth);
  if (c->fn == Fn::Condition) {
    const auto* name = c->args.empty() ? nullptr : literal(c->args[0]);
    const auto at = name == nullptr ? s_.conditions_.end() : s_.conditions_.find(*name);
    if (at != s_.conditions_.end()) return formula(at->second, says, depth + 1);
  }
  if (c->fn != Fn::And && c->fn != Fn::Or && c->fn != Fn::Not) return key(v, says, depth);
  std::vector<std::string> parts;
  for (ValueRef arg : c->args) parts.push_back(formula(arg, says, depth + 1));
  return fmt::format("{}({})", ir::key_of(c->fn).substr(4), fmt::join(parts, ", "));
}

}  // namespace stackc::diff
