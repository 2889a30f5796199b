#include "compiler/schema/patch.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/parse/parse.hpp"
#include "compiler/schema/blob.hpp"
#include "compiler/schema/build.hpp"
#include "compiler/schema/order.hpp"

// A corrected type is written down as a declaration of its own and built like any other, so that there is one
// way from a type's text to its record.
namespace stackc::schema {

namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool opens = text[i] == '$' && i + 1 < text.size() && text[i + 1] == '{';
    if (text[i] == '"' || text[i] == '\\' || opens) out += '\\';
    out += text[i];
  }
  return out + "\"";
}

std::string type_text(Type type) {
  switch (type.kind()) {
    case TypeKind::Literal:
      return quoted(type.literal());
    case TypeKind::List:
      return "[" + type_text(type.element()) + "]";
    case TypeKind::Map:
      return "{[String]: " + type_text(type.element()) + "}";
    case TypeKind::Union: {
      std::string out;
      for (std::size_t i = 0; i < type.arm_count(); ++i) out += (i > 0 ? " | " : "") + type_text(type.arm(i));
      return out;
    }
    default:
      return type.str();
  }
}

/// Text of a declaration, and which of its bytes came from which place of the corrections.
class Source {
 public:
  std::string text;

  void from(Span span, std::string_view piece) {
    origins_.push_back({static_cast<std::uint32_t>(text.size()), static_cast<std::uint32_t>(text.size() + piece.size()), span});
    text += piece;
  }
  [[nodiscard]] Span origin(std::uint32_t at, Span otherwise) const {
    for (const Origin& o : origins_) {
      if (at >= o.begin && at <= o.end) return o.span;
    }
    return otherwise;
  }

 private:
  struct Origin {
    std::uint32_t begin, end;
    Span span;
  };
  std::vector<Origin> origins_;
};

class Writer {
 public:
  Writer(const TypePatch& patch, ResourceType known, Sink& sink) : patch_(patch), known_(known), sink_(sink) {}

  Source write() {
    facts();
    out_.text += "resource type ";
    out_.from(patch_.span, patch_.name);
    out_.text += " {\n";
    members(known_ ? known_.properties() : Properties(), patch_.properties, false, patch_.name);
    members(known_ ? known_.attributes() : Properties(), patch_.attributes, true, patch_.name);
    nested();
    out_.text += "}\n";
    return std::move(out_);
  }

 private:
  void decorator(std::string_view name, const std::vector<std::string>& names) {
    if (names.empty()) return;
    std::string list;
    for (const std::string& n : names) list += (list.empty() ? "" : ", ") + quoted(n);
    out_.text += fmt::format("@{}({})\n", name, list);
  }
  static std::vector<std::string> strings(const std::vector<std::string_view>& names) { return {names.begin(), names.end()}; }

  void facts() {
    if (!known_) {
      decorator("primary", patch_.primary);
      if (!patch_.ref.empty()) decorator("ref", {patch_.ref});
      return;
    }
    decorator("primary", patch_.primary.empty() ? strings(known_.primary_identifier()) : patch_.primary);
    const std::string ref = patch_.ref.empty() ? std::string(known_.ref_member()) : patch_.ref;
    if (!ref.empty()) decorator("ref", {ref});
    const Blob& blob = *known_.blob();
    const auto same = blob.resource(known_.at()).same;
    // Decorators stand once each: pairs of one canonical name go together.
    for (std::uint32_t i = 0; i + 1 < same.count; i += 2) {
      decorator("same", {std::string(blob.name(same.first + i)), std::string(blob.name(same.first + i + 1))});
    }
    tags();
    if (known_.stateful()) out_.text += "@stateful\n";
    if (known_.supports_snapshot()) out_.text += "@snapshots\n";
    decorator("replacesAlso", strings(known_.also_replaces()));
    decorator("unordered", strings(unordered_lists(known_)));
    if (!known_.required_transform().empty()) decorator("transform", {std::string(known_.required_transform())});
  }

  void tags() {
    const std::string property(known_.tag_property());
    switch (known_.tag_shape()) {
      case TagShape::None: return;
      case TagShape::List: return decorator("tags", {property});
      case TagShape::Map: return decorator("tags", {property, "map"});
      case TagShape::AutoScaling: return decorator("tags", {property, "asg"});
      case TagShape::Specifications: return decorator("tags", {property, "specifications"});
    }
  }

  void nested() {
    const auto types = known_ ? known_.nested_types() : std::vector<NestedType>{};
    for (const NestedType& type : types) {
      const auto same = [&](const NestedPatch& p) { return p.name == type.name(); };
      const auto at = std::find_if(patch_.types.begin(), patch_.types.end(), same);
      out_.text += fmt::format("type {} {{\n", type.name());
      members(type.properties(), at == patch_.types.end() ? std::vector<MemberPatch>{} : at->properties, false, type.name());
      out_.text += "}\n";
    }
    for (const NestedPatch& p : patch_.types) {
      if (known_ && known_.nested(p.name)) continue;
      out_.text += "type ";
      out_.from(p.span, p.name);
      out_.text += " {\n";
      members({}, p.properties, false, p.name);
      out_.text += "}\n";
    }
  }

  void members(Properties known, const std::vector<MemberPatch>& patches, bool attributes, std::string_view owner) {
    for (std::size_t i = 0; i < known.size(); ++i) {
      const auto same = [&](const MemberPatch& p) { return p.name == known[i].name(); };
      const auto at = std::find_if(patches.begin(), patches.end(), same);
      if (at != patches.end() && at->remove) continue;
      member(known[i], at == patches.end() ? nullptr : &*at, attributes);
    }
    for (const MemberPatch& p : patches) {
      if (known.find(p.name)) continue;
      const std::string_view what = attributes ? "attribute" : "property";
      if (p.remove) {
        sink_.report(Code::SchemaPatch, p.span, fmt::format("`{}` has no {} `{}` to remove", owner, what, p.name));
      } else if (p.type.empty()) {
        sink_.report(Code::SchemaPatch, p.span, fmt::format("`{}` has no {} `{}`, and a new one needs a `type`", owner, what, p.name));
      } else {
        member({}, &p, attributes);
      }
    }
  }

  void member(Property known, const MemberPatch* patch, bool attribute) {
    const Replacement before = known ? known.replacement() : Replacement::No;
    const Replacement replacement = patch != nullptr ? patch->replacement.value_or(before) : before;
    if (replacement == Replacement::Yes) out_.text += "@replaces ";
    if (replacement == Replacement::Maybe) out_.text += "@replaces(\"maybe\") ";
    if (known && known.deprecated()) out_.text += "@deprecated ";
    if (attribute) out_.text += "attribute ";
    const bool was_required = known && known.required();
    const bool required = attribute || (patch != nullptr ? patch->required.value_or(was_required) : was_required);
    const std::string_view name = known ? known.name() : std::string_view(patch->name);
    if (patch != nullptr) out_.from(patch->span, name);
    else out_.text += name;
    out_.text += required ? ": " : "?: ";
    const bool retyped = patch != nullptr && !patch->type.empty();
    if (retyped) out_.from(patch->span, patch->type);
    else out_.text += type_text(known.type());
    if (!retyped && known && !known.default_value().empty()) out_.text += " = " + default_text(known);
    out_.text += '\n';
  }

  static std::string default_text(Property p) {
    auto kind = p.type().kind();
    if (kind == TypeKind::Union) kind = p.type().arm(0).kind();
    const bool text = kind == TypeKind::String || kind == TypeKind::Literal || kind == TypeKind::Id || kind == TypeKind::Timestamp;
    return text ? quoted(p.default_value()) : std::string(p.default_value());
  }

  const TypePatch& patch_;
  const ResourceType known_;
  Sink& sink_;
  Source out_;
};

}  // namespace

std::unique_ptr<OwnedBlob> patched(const std::vector<TypePatch>& patches, Schema schema, Sink& sink) {
  if (patches.empty()) return nullptr;
  SourceMap sources;
  Sink found;
  std::vector<Source> texts;
  std::vector<std::unique_ptr<ast::Ast>> trees;
  Builder builder(found);
  for (const TypePatch& patch : patches) {
    texts.push_back(Writer(patch, schema.find(patch.name), sink).write());
    const FileId file = sources.add(patch.name, texts.back().text);
    trees.push_back(parse(sources, file, found));
    builder.add(*trees.back());
  }
  auto blob = builder.finish();
  for (const Diagnostic& d : found.all()) {
    const Span at = d.labels.empty() ? Span{} : d.labels.front().span;
    const std::size_t index = at.valid() ? at.file.value : 0;
    sink.report(Code::SchemaPatch, texts[index].origin(at.begin, patches[index].span), d.message);
  }
  return sink.has_errors() ? nullptr : std::move(blob);
}

}  // namespace stackc::schema
