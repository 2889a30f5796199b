#include "compiler/modules/compose_files.hpp"

#include <algorithm>
#include <set>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"

namespace stackc::compose {

namespace {

constexpr int kMaxDepth = 16;           // of files and services that need each other
constexpr std::size_t kMostNodes = 100'000;

std::size_t count(const yaml::Node& node) {
  std::size_t n = 1;
  for (const yaml::Node& item : node.items) n += count(item);
  for (const auto& [key, value] : node.pairs) n += count(value);
  return n;
}

const yaml::Pair* find_pair(const yaml::Node& map, std::string_view key) {
  const auto at = std::ranges::find_if(map.pairs, [&](const yaml::Pair& p) { return p.first.text == key; });
  return at == map.pairs.end() ? nullptr : &*at;
}

/// `<<: *base`, `<<: [*a, *b]`: what a map does not say itself comes from there, from the first that says it.
class Merge {
 public:
  explicit Merge(Reports& reports) : reports_(reports) {}

  void run(yaml::Node& node) {
    for (yaml::Node& item : node.items) run(item);
    for (auto& [key, value] : node.pairs) run(value);
    const auto at = std::ranges::find_if(node.pairs, [](const yaml::Pair& p) { return p.first.text == "<<"; });
    if (at == node.pairs.end()) return;
    const yaml::Node merged = std::move(at->second);
    node.pairs.erase(at);
    if (merged.kind == yaml::Kind::Map) {
      add(merged, node);
    } else if (merged.kind == yaml::Kind::List) {
      for (const yaml::Node& one : merged.items) add(one, node);
    } else {
      reports_.error(merged.span, "`<<` merges maps, this is none");
    }
  }

 private:
  void add(const yaml::Node& from, yaml::Node& into) {
    if (from.kind != yaml::Kind::Map) {
      reports_.error(from.span, "`<<` merges maps, this is none");
      return;
    }
    added_ += count(from);
    if (added_ > kMostNodes) {
      if (!std::exchange(too_many_, true)) reports_.error(from.span, "there are too many values to merge");
      return;
    }
    for (const yaml::Pair& p : from.pairs) {
      if (find_pair(into, p.first.text) == nullptr) into.pairs.push_back(p);
    }
  }

  Reports& reports_;
  std::size_t added_ = 0;
  bool too_many_ = false;
};

/// A list `NAME=value` as a map, so that single names can be replaced.
yaml::Node as_map(const yaml::Node& list) {
  yaml::Node map;
  map.kind = yaml::Kind::Map;
  map.span = list.span;
  for (const yaml::Node& item : list.items) {
    const std::size_t equals = item.text.find('=');
    yaml::Node key = item;
    key.text = item.text.substr(0, equals);
    yaml::Node value = item;
    value.text = equals == std::string::npos ? "" : item.text.substr(equals + 1);
    value.quoted = equals != std::string::npos;  // an empty value is one
    if (equals == std::string::npos) value.kind = yaml::Kind::Null;
    map.pairs.push_back({std::move(key), std::move(value)});
  }
  return map;
}

/// Lists that stand for themselves: who says one, says all of it.
bool replaces(std::string_view key) { return key == "command" || key == "entrypoint" || key == "test"; }
/// Lists of `NAME=value` that may be maps.
bool has_names(std::string_view key) {
  return key == "environment" || key == "labels" || key == "sysctls" || key == "extra_hosts" || key == "args";
}

/// `base` with what `own` says: maps merge, lists add up, the rest is replaced.
yaml::Node merged(const yaml::Node& base, const yaml::Node& own) {
  yaml::Node out = base;
  out.span = own.span;
  for (const yaml::Pair& p : own.pairs) {
    const auto at = std::ranges::find_if(out.pairs, [&](const yaml::Pair& q) { return q.first.text == p.first.text; });
    if (at == out.pairs.end()) {
      out.pairs.push_back(p);
      continue;
    }
    yaml::Node below = at->second;
    yaml::Node above = p.second;
    if (has_names(p.first.text)) {
      if (below.kind == yaml::Kind::List) below = as_map(below);
      if (above.kind == yaml::Kind::List) above = as_map(above);
    }
    at->first = p.first;
    if (below.kind == yaml::Kind::Map && above.kind == yaml::Kind::Map) {
      at->second = merged(below, above);
    } else if (below.kind == yaml::Kind::List && above.kind == yaml::Kind::List && !replaces(p.first.text)) {
      below.items.insert(below.items.end(), above.items.begin(), above.items.end());
      below.span = above.span;
      at->second = std::move(below);
    } else {
      at->second = std::move(above);
    }
  }
  return out;
}

constexpr std::string_view kTopKeys[] = {"version", "name", "services", "networks", "volumes",
                                         "configs", "secrets", "include", "models"};

}  // namespace

std::optional<FoundFile> Files::open(std::string_view name, Span span, bool required) {
  return read_file_(sources_.path(span.file), name, span, required);
}

const yaml::Node* Files::load(FileId file) {
  const std::string path(sources_.path(file));
  const auto known = loaded_.find(path);
  if (known != loaded_.end()) return known->second ? &*known->second : nullptr;
  std::string reason;
  std::size_t at = 0;
  auto root = yaml::parse_data(sources_.text(file), file, reason, at);
  auto& slot = loaded_[path];
  if (!reason.empty()) {
    const auto place = static_cast<std::uint32_t>(std::min(at, sources_.text(file).size()));
    scalars_.reports().error(Span{file, place, place}, fmt::format("`{}` is not YAML: {}", path, reason));
    return nullptr;
  }
  Merge(scalars_.reports()).run(root);
  if (root.kind != yaml::Kind::Map || root.find("services") == nullptr) {
    if (root.kind == yaml::Kind::Map && root.find("include") != nullptr) return &*(slot = std::move(root));
    Diagnostic& d = scalars_.reports().error(Span{file, 0, 0}, fmt::format("`{}` has no `services`", path));
    d.help("a Compose file has its containers below `services:`");
    return nullptr;
  }
  return &*(slot = std::move(root));
}

const yaml::Node* Files::load(std::string_view name, Span span) {
  auto found = open(name, span, true);
  if (!found) return nullptr;
  if (const auto known = loaded_.find(found->path); known != loaded_.end()) {
    return known->second ? &*known->second : nullptr;
  }
  return load(sources_.add(std::move(found->path), std::move(found->text)));
}

Project Files::read(FileId file) {
  Project project;
  if (const yaml::Node* root = load(file)) add(*root, project, 0);
  return project;
}

void Files::add(const yaml::Node& root, Project& project, int depth) {
  if (depth > kMaxDepth) {
    scalars_.reports().error(root.span, "files include each other without an end");
    return;
  }
  for (const auto& [key, value] : root.pairs) {
    if (key.text.starts_with("x-") || std::ranges::find(kTopKeys, key.text) != std::end(kTopKeys)) continue;
    scalars_.reports().unknown_key(key, "a Compose file", {std::begin(kTopKeys), std::end(kTopKeys)});
  }
  if (const yaml::Node* list = root.find("include")) include(*list, project, depth);
  for (const auto& [key, into] : {std::pair{"secrets", &project.secrets}, std::pair{"volumes", &project.volumes}}) {
    const yaml::Node* names = root.find(key);
    if (names == nullptr || !scalars_.is_map(*names, key)) continue;
    for (const auto& [name, value] : names->pairs) into->push_back(name.text);
  }
  const yaml::Node* services = root.find("services");
  if (services == nullptr || !scalars_.is_map(*services, "services")) return;
  for (const auto& [key, body] : services->pairs) {
    if (key.text.starts_with("x-")) continue;
    if (body.kind != yaml::Kind::Map) {
      scalars_.reports().error(key.span, fmt::format("the service `{}` has keys with values", key.text));
      continue;
    }
    const bool twice = std::ranges::any_of(project.services, [&, name = key.text](const ServiceNode& s) { return s.name.text == name; });
    if (twice) {
      scalars_.reports().error(key.span, fmt::format("an included file has the service `{}` too", key.text));
      continue;
    }
    project.services.push_back({key, extended(root, body, key.text, depth)});
  }
}

void Files::include(const yaml::Node& list, Project& project, int depth) {
  if (!scalars_.is_list(list, "include")) return;
  for (const yaml::Node& item : list.items) {
    const yaml::Node* path = item.kind == yaml::Kind::Map ? item.find("path") : &item;
    if (path == nullptr) {
      scalars_.reports().error(item.span, "an `include` has a `path`");
      continue;
    }
    if (item.kind == yaml::Kind::Map) scalars_.check_keys(item, "`include`", {"path", "project_directory", "env_file"});
    for (const yaml::Node* one : scalars_.one_or_many(*path, "include")) {
      const auto name = scalars_.plain(*one, "include");
      const yaml::Node* root = name ? load(*name, one->span) : nullptr;
      if (root != nullptr) add(*root, project, depth + 1);
    }
  }
}

/// The service with all that it extends, from the farthest on.
yaml::Node Files::extended(const yaml::Node& root, const yaml::Node& service, std::string_view name, int depth) {
  const yaml::Node* extends = service.find("extends");
  if (extends == nullptr) return service;
  if (depth > kMaxDepth) {
    scalars_.reports().error(extends->span, fmt::format("`{}` extends itself, or too many others in a row", name));
    return service;
  }
  const yaml::Node* from = &root;
  const yaml::Node* base_name = extends;
  if (extends->kind == yaml::Kind::Map) {
    scalars_.check_keys(*extends, "`extends`", {"service", "file"});
    base_name = extends->find("service");
    if (const yaml::Node* file = extends->find("file")) {
      const auto path = scalars_.plain(*file, "extends.file");
      from = path ? load(*path, file->span) : nullptr;
    }
  }
  if (from == nullptr) return service;
  if (base_name == nullptr || base_name->kind != yaml::Kind::Scalar) {
    scalars_.reports().error(extends->span, "`extends` names a `service`");
    return service;
  }
  const yaml::Node* services = from->find("services");
  const yaml::Node* base = services == nullptr ? nullptr : services->find(base_name->text);
  if (base == nullptr || base->kind != yaml::Kind::Map) {
    std::vector<std::string_view> names;
    if (services != nullptr) {
      for (const auto& [key, value] : services->pairs) names.push_back(key.text);
    }
    const auto close = did_you_mean(base_name->text, names);
    scalars_.reports().error(base_name->span, fmt::format("there is no service `{}` to extend{}", base_name->text,
                                                          close.empty() ? "" : fmt::format(", did you mean `{}`?", close)));
    return service;
  }
  yaml::Node out = merged(extended(*from, *base, base_name->text, depth + 1), service);
  std::erase_if(out.pairs, [](const yaml::Pair& p) { return p.first.text == "extends"; });
  return out;
}

}  // namespace stackc::compose
