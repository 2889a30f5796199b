#include "compiler/schema/build_resource.hpp"

#include <algorithm>
#include <array>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::schema {

void ResourceBuilder::build() {
  facts_.name = decl_.name.text;
  declare_nested();
  for (const auto& member : node_.properties) {
    add_property(member.is_attribute ? facts_.attributes : facts_.properties, member);
  }
  for (const auto& nested : node_.nested) {
    const auto at = nested_.find(nested.name.text);
    if (at == nested_.end()) continue;
    std::vector<PropertyFacts> properties;
    for (const auto& member : nested.properties) add_property(properties, member);
    writer_.fill_nested(at->second, std::move(properties));
  }
  for (const auto& d : decl_.decorators) decorator(d);
  check_members();
  const auto first = nested_.empty() ? 0 : nested_.begin()->second;
  writer_.resource(facts_, {first, static_cast<std::uint32_t>(nested_.size())});
}

// ---------------------------------------------------------------- members

void ResourceBuilder::declare_nested() {
  for (const auto& nested : node_.nested) {
    if (nested.name.empty()) continue;
    if (!nested_.emplace(nested.name.text, 0).second) {
      sink_.report(Code::DuplicateName, nested.name.span,
                   fmt::format("`{}` has two types `{}`", facts_.name, nested.name.text));
    }
  }
  std::vector<std::string_view> names;
  for (const auto& [name, at] : nested_) names.push_back(name);
  auto at = writer_.reserve_nested(facts_.name, names);
  for (auto& [name, record] : nested_) record = at++;
}

void ResourceBuilder::add_property(std::vector<PropertyFacts>& to, const ast::PropertyDecl& decl) {
  if (decl.name.empty()) return;
  auto facts = property(decl);
  const auto same = [&](const PropertyFacts& p) { return p.name == facts.name; };
  if (std::any_of(to.begin(), to.end(), same)) {
    sink_.report(
        Code::DuplicateName, decl.name.span,
        fmt::format("{} `{}` is declared twice", decl.is_attribute ? "attribute" : "property", facts.name));
    return;
  }
  to.push_back(facts);
}

PropertyFacts ResourceBuilder::property(const ast::PropertyDecl& decl) {
  PropertyFacts facts;
  facts.name = decl.name.text;
  facts.type = type(decl.type);
  facts.required = !decl.optional && !decl.is_attribute;
  facts.default_value = default_text(decl.default_value);
  for (const auto& d : decl.decorators) property_decorator(d, facts);
  return facts;
}

std::string_view ResourceBuilder::default_text(ast::ExprId value) {
  if (!value.valid()) return {};
  if (const auto* text = ast_.get_if<ast::StringExpr>(value); text != nullptr && text->is_plain())
    return text->plain();
  const auto span = ast_[value].span;
  return ast_.source.substr(span.begin, span.size());
}

void ResourceBuilder::property_decorator(const ast::Decorator& d, PropertyFacts& facts) {
  if (d.name.text == "deprecated") {
    facts.deprecated = true;
  } else if (d.name.text == "replaces") {
    facts.replacement = Replacement::Yes;
    if (d.args.empty()) return;
    const auto* text = ast_.get_if<ast::StringExpr>(d.args[0].value);
    if (d.args.size() == 1 && text != nullptr && text->is_plain() && text->plain() == "maybe") {
      facts.replacement = Replacement::Maybe;
    } else {
      wrong_arguments(d, "nothing, or `\"maybe\"`");
    }
  } else {
    constexpr std::array<std::string_view, 2> kKnown{"deprecated", "replaces"};
    auto& report = sink_.report(Code::UnknownDecorator, d.name.span,
                                fmt::format("a property has no decorator `@{}`", d.name.text));
    if (const auto close = did_you_mean(d.name.text, kKnown); !close.empty()) {
      report.help(fmt::format("did you mean `@{}`?", close));
    }
  }
}

// ---------------------------------------------------------------- decorators of the type

static constexpr std::array<std::string_view, 9> kDecorators{
    "primary", "ref", "same", "tags", "stateful", "snapshots", "replacesAlso", "unordered", "transform"};

void ResourceBuilder::decorator(const ast::Decorator& d) {
  const auto name = d.name.text;
  if (name == "stateful") {
    facts_.stateful = true;
  } else if (name == "snapshots") {
    facts_.snapshots = true;
  } else if (name == "primary") {
    facts_.primary = name_arguments(d);
  } else if (name == "replacesAlso") {
    facts_.also_replaces = name_arguments(d);
  } else if (name == "unordered") {
    facts_.unordered = name_arguments(d);
  } else if (name == "ref" || name == "transform") {
    const auto names = name_arguments(d);
    if (names.size() != 1) return wrong_arguments(d, "one name");
    (name == "ref" ? facts_.ref : facts_.transform) = names[0];
  } else if (name == "same") {
    same(d);
  } else if (name == "tags") {
    tags(d);
  } else {
    auto& report = sink_.report(Code::UnknownDecorator, d.name.span,
                                fmt::format("a resource type has no decorator `@{}`", name));
    if (const auto close = did_you_mean(name, kDecorators); !close.empty()) {
      report.help(fmt::format("did you mean `@{}`?", close));
    }
  }
}

void ResourceBuilder::same(const ast::Decorator& d) {
  const auto names = name_arguments(d);
  if (names.size() < 2) return wrong_arguments(d, "two names or more, the last of them the one to use");
  for (const auto name : names) {
    if (name != names.back()) facts_.same.emplace_back(name, names.back());
  }
}

void ResourceBuilder::tags(const ast::Decorator& d) {
  constexpr std::string_view kExpected =
      "a property, then nothing, `\"map\"`, `\"asg\"` or `\"specifications\"`";
  const auto names = name_arguments(d);
  if (names.empty() || names.size() > 2) return wrong_arguments(d, kExpected);
  facts_.tag_property = names[0];
  facts_.tag_shape = TagShape::List;
  if (names.size() == 1) return;
  if (names[1] == "map")
    facts_.tag_shape = TagShape::Map;
  else if (names[1] == "asg")
    facts_.tag_shape = TagShape::AutoScaling;
  else if (names[1] == "specifications")
    facts_.tag_shape = TagShape::Specifications;
  else
    wrong_arguments(d, kExpected);
}

/// A name, a dotted name in quotes, or a plain text.
std::optional<std::string_view> ResourceBuilder::name_argument(const ast::Argument& argument) {
  if (const auto* name = ast_.get_if<ast::NameExpr>(argument.value)) return name->name;
  if (const auto* text = ast_.get_if<ast::StringExpr>(argument.value); text != nullptr && text->is_plain()) {
    return text->plain();
  }
  if (ast_.get_if<ast::MemberExpr>(argument.value) != nullptr) {
    const auto span = ast_[argument.value].span;
    return ast_.source.substr(span.begin, span.size());
  }
  return std::nullopt;
}

std::vector<std::string_view> ResourceBuilder::name_arguments(const ast::Decorator& d) {
  std::vector<std::string_view> out;
  for (const auto& argument : d.args) {
    if (ast_.get_if<ast::InvalidExpr>(argument.value) != nullptr) continue;
    if (const auto name = name_argument(argument))
      out.push_back(*name);
    else
      wrong_arguments(d, "names");
  }
  return out;
}

void ResourceBuilder::wrong_arguments(const ast::Decorator& d, std::string_view expected) {
  sink_.report(Code::SchemaDecorator, d.span,
               fmt::format("`@{}` has wrong arguments, expected {}", d.name.text, expected));
}

bool ResourceBuilder::has_member(std::string_view name) const {
  const auto same = [&](const PropertyFacts& p) { return p.name == name; };
  const auto in = [&](const std::vector<PropertyFacts>& all) {
    return std::any_of(all.begin(), all.end(), same);
  };
  const auto alias = [&](const auto& pair) { return pair.first == name || pair.second == name; };
  return in(facts_.properties) || in(facts_.attributes) ||
         std::any_of(facts_.same.begin(), facts_.same.end(), alias);
}

/// `@tags`, `@primary` and `@same` speak of members that exist. `@ref` may introduce a name: what
/// `Ref` returns need not be an attribute.
void ResourceBuilder::check_members() {
  std::vector<std::string_view> names;
  for (const auto& p : facts_.properties) names.push_back(p.name);
  for (const auto& p : facts_.attributes) names.push_back(p.name);
  for (const auto& d : decl_.decorators) {
    if (d.name.text != "tags" && d.name.text != "primary") continue;
    const auto count = d.name.text == "tags" ? std::min<std::size_t>(d.args.size(), 1) : d.args.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto name = name_argument(d.args[i]);
      if (!name || has_member(*name) || name->find('.') != std::string_view::npos) continue;
      auto& report = sink_.report(Code::UnknownProperty, ast_[d.args[i].value].span,
                                  fmt::format("`{}` has no property or attribute `{}`", facts_.name, *name));
      if (const auto close = did_you_mean(*name, names); !close.empty()) {
        report.help(fmt::format("did you mean `{}`?", close));
      }
    }
  }
}

}  // namespace stackc::schema
