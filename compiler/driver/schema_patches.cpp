#include "compiler/driver/schema_patches.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/modules/modules.hpp"
#include "compiler/schema/patch.hpp"

namespace stackc {

namespace {

constexpr std::uint64_t kMaxPatchBytes = 4u << 20;

/// Whether brackets and quotes are closed, so that a type ends where its text does.
bool is_closed(std::string_view text) {
  std::string open;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '\\') ++i;
    else if (c == '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c == '(' || c == '[' || c == '{') open += c == '(' ? ')' : c == '[' ? ']' : '}';
    else if (c == ')' || c == ']' || c == '}') {
      if (open.empty() || open.back() != c) return false;
      open.pop_back();
    }
  }
  return open.empty() && !quoted;
}

class Reader {
 public:
  explicit Reader(Sink& sink) : sink_(sink) {}

  std::vector<schema::TypePatch> read(const yaml::Node& root) {
    std::vector<schema::TypePatch> patches;
    if (root.kind == yaml::Kind::Null) return patches;
    for (const auto& [key, value] : pairs(root, "the file of corrections", {})) patches.push_back(type(*key, *value));
    return patches;
  }

 private:
  using Pairs = std::vector<std::pair<const yaml::Node*, const yaml::Node*>>;

  void wrong(Span span, std::string message) { sink_.report(Code::SchemaPatch, span, std::move(message)); }

  /// The entries of a map, each key once and, where there are any, one of `known`.
  Pairs pairs(const yaml::Node& node, std::string_view what, std::span<const std::string_view> known) {
    Pairs out;
    if (node.kind != yaml::Kind::Map) {
      wrong(node.span, fmt::format("{} is not a map of names", what));
      return out;
    }
    std::set<std::string_view> seen;
    for (const yaml::Pair& pair : node.pairs) {
      const std::string& name = pair.first.text;
      const bool unknown = !known.empty() && std::ranges::find(known, name) == known.end();
      if (unknown) {
        const auto close = did_you_mean(name, known);
        auto& d = sink_.report(Code::SchemaPatch, pair.first.span, fmt::format("{} has no key `{}`", what, name),
                               close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
        if (close.empty()) d.help(fmt::format("its keys are `{}`", fmt::join(known, "`, `")));
      } else if (!seen.insert(name).second) {
        wrong(pair.first.span, fmt::format("`{}` is given twice", name));
      } else {
        out.emplace_back(&pair.first, &pair.second);
      }
    }
    return out;
  }

  schema::TypePatch type(const yaml::Node& name, const yaml::Node& body) {
    schema::TypePatch patch;
    patch.name = name.text;
    patch.span = name.span;
    if (name.text.find("::") == std::string::npos) {
      wrong(name.span, fmt::format("`{}` is not the name of a resource type, expected one like `AWS::EC2::Subnet`", name.text));
    }
    static constexpr std::array<std::string_view, 5> kKeys{"properties", "attributes", "types", "primary", "ref"};
    for (const auto& [key, value] : pairs(body, fmt::format("`{}`", name.text), kKeys)) {
      if (key->text == "properties") patch.properties = members(*value, "`properties`", false);
      if (key->text == "attributes") patch.attributes = members(*value, "`attributes`", true);
      if (key->text == "types") {
        for (const auto& [inner, properties] : pairs(*value, "`types`", {})) {
          patch.types.push_back({inner->text, members(*properties, fmt::format("type `{}`", inner->text), false), inner->span});
        }
      }
      if (key->text == "primary") patch.primary = names(*value);
      if (key->text == "ref") patch.ref = text(*value, "`ref` is the name of a property or attribute");
    }
    return patch;
  }

  std::string text(const yaml::Node& node, std::string_view expected) {
    if (node.kind == yaml::Kind::Scalar && !node.text.empty()) return node.text;
    wrong(node.span, std::string(expected));
    return {};
  }

  std::vector<std::string> names(const yaml::Node& node) {
    if (node.kind == yaml::Kind::Scalar) return {node.text};
    std::vector<std::string> out;
    if (node.kind != yaml::Kind::List) wrong(node.span, "`primary` is a list of properties and attributes");
    for (const yaml::Node& item : node.items) out.push_back(text(item, "`primary` is a list of properties and attributes"));
    return out;
  }

  std::vector<schema::MemberPatch> members(const yaml::Node& node, std::string_view what, bool attributes) {
    std::vector<schema::MemberPatch> out;
    for (const auto& [key, value] : pairs(node, what, {})) out.push_back(member(*key, *value, attributes));
    return out;
  }

  schema::MemberPatch member(const yaml::Node& name, const yaml::Node& body, bool attribute) {
    schema::MemberPatch patch;
    patch.name = name.text;
    patch.span = name.span;
    if (body.kind == yaml::Kind::Scalar) {
      // `Name: String` is short for its type, `Name: none` takes it away.
      if (body.text == "none" && !body.quoted) patch.remove = true;
      else set_type(patch, body);
      return patch;
    }
    static constexpr std::array<std::string_view, 4> kAll{"type", "required", "values", "replaces"};
    const std::span<const std::string_view> keys(kAll.data(), attribute ? 1 : kAll.size());
    for (const auto& [key, value] : pairs(body, fmt::format("`{}`", name.text), keys)) {
      if (key->text == "type") set_type(patch, *value);
      if (key->text == "required") patch.required = truth(*value);
      if (key->text == "values") set_values(patch, *value);
      if (key->text == "replaces") set_replacement(patch, *value);
    }
    return patch;
  }

  void set_type(schema::MemberPatch& patch, const yaml::Node& node) {
    patch.type = text(node, "a `type` is written as in a stack file: `String`, `[AWS::EC2::Subnet.SubnetId]`");
    patch.span = node.span;
    const bool plain = is_closed(patch.type) && patch.type.find_first_of("\n\r;@=") == std::string::npos && patch.type.find("//") == std::string::npos;
    if (plain) return;
    wrong(node.span, fmt::format("`{}` is not a type", patch.type));
    patch.type = "Json";
  }

  void set_values(schema::MemberPatch& patch, const yaml::Node& node) {
    if (node.kind != yaml::Kind::List || node.items.empty()) return wrong(node.span, "`values` is a list of texts");
    patch.type.clear();
    patch.span = node.span;
    for (const yaml::Node& item : node.items) {
      const std::string value = text(item, "`values` is a list of texts");
      patch.type += (patch.type.empty() ? "\"" : " | \"");
      for (const char c : value) {
        if (c == '"' || c == '\\' || c == '$') patch.type += '\\';
        patch.type += c;
      }
      patch.type += '"';
    }
  }

  std::optional<bool> truth(const yaml::Node& node) {
    if (node.kind == yaml::Kind::Scalar && yaml::scalar_kind(node) == yaml::ScalarKind::Bool) {
      return node.text[0] == 't' || node.text[0] == 'T';
    }
    wrong(node.span, "expected `true` or `false`");
    return std::nullopt;
  }

  void set_replacement(schema::MemberPatch& patch, const yaml::Node& node) {
    if (node.kind == yaml::Kind::Scalar && node.text == "maybe") {
      patch.replacement = schema::Replacement::Maybe;
    } else if (const auto yes = truth(node)) {
      patch.replacement = *yes ? schema::Replacement::Yes : schema::Replacement::No;
    }
  }

  Sink& sink_;
};

}  // namespace

std::unique_ptr<schema::OwnedBlob> read_schema_patches(const Project& project, const FileSystem& fs,
                                                       SourceMap& sources, Sink& sink) {
  if (project.schema.empty()) return nullptr;
  const std::string path = join_path(project.root, project.schema);
  auto text = fs.read(path, kMaxPatchBytes);
  if (const auto* error = std::get_if<FileError>(&text)) {
    report_unreadable(fs, path, *error, project.schema_span, sink);
    return nullptr;
  }
  const FileId file = sources.add(path, std::get<std::string>(std::move(text)));
  bool ok = true;
  const yaml::Node root = yaml::parse(sources, file, sink, ok);
  if (!ok) return nullptr;
  const std::size_t errors = sink.error_count();
  const auto patches = Reader(sink).read(root);
  if (sink.error_count() != errors) return nullptr;
  return schema::patched(patches, schema::Schema::aws(), sink);
}

}  // namespace stackc
