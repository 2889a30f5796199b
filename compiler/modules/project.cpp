#include "compiler/modules/project.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <span>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/diag/registry.hpp"
#include "compiler/modules/modules.hpp"

namespace stackc {

namespace {

constexpr std::string_view kFileName = "stackc.yaml";
constexpr std::uint64_t kMaxProjectBytes = 1u << 20;

std::string_view kind_name(const yaml::Node& node) {
  switch (node.kind) {
    case yaml::Kind::Null:
      return "nothing";
    case yaml::Kind::Scalar:
      return "a single value";
    case yaml::Kind::List:
      return "a list";
    case yaml::Kind::Map:
      return "a map";
  }
  return {};
}

class Reader {
 public:
  Reader(Project& project, std::string_view version, Sink& sink)
      : project_(project), version_(version), sink_(sink) {}

  void read(const yaml::Node& root) {
    if (!expect_map(root, "the project file", "keys such as `out` and `environments`")) return;
    static constexpr std::array<std::string_view, 5> kKeys{"compiler", "out", "environments", "lint",
                                                           "schema"};
    for (const auto& [key, value] : checked_keys(root, "the project file", kKeys)) {
      if (key->text == "compiler") read_compiler(*value);
      if (key->text == "out") read_out(*value);
      if (key->text == "environments") read_environments(*value);
      if (key->text == "lint") read_lints(*value);
      if (key->text == "schema") {
        if (!expect_text(*value, "`schema`", "the path of a YAML file")) continue;
        project_.schema = value->text;
        project_.schema_span = value->span;
      }
    }
  }

 private:
  using Pairs = std::vector<std::pair<const yaml::Node*, const yaml::Node*>>;

  Diagnostic& wrong(Span span, std::string message) {
    return sink_.report(Code::ProjectValue, span, std::move(message));
  }

  /// Nothing at all counts as an empty map.
  bool expect_map(const yaml::Node& node, std::string_view what, std::string_view of) {
    if (node.kind == yaml::Kind::Map) return true;
    if (node.kind != yaml::Kind::Null) {
      wrong(node.span, fmt::format("{} is {}, expected {}", what, kind_name(node), of));
    }
    return false;
  }

  bool expect_text(const yaml::Node& node, std::string_view what, std::string_view expected) {
    if (node.kind == yaml::Kind::Scalar && !node.text.empty()) return true;
    wrong(node.span, fmt::format("{} is {}, expected {}", what, kind_name(node), expected));
    return false;
  }

  /// The pairs whose key is new; reports the others.
  Pairs unique_keys(const yaml::Node& map) {
    Pairs pairs;
    for (const yaml::Pair& pair : map.pairs) {
      const yaml::Node& key = pair.first;
      const auto same = [&](const auto& p) { return p.first->text == key.text; };
      if (const auto first = std::ranges::find_if(pairs, same); first != pairs.end()) {
        auto& d = sink_.report(Code::ProjectKey, key.span, fmt::format("`{}` is given twice", key.text));
        d.label((*first).first->span, "the first");
      } else {
        pairs.emplace_back(&key, &pair.second);
      }
    }
    return pairs;
  }

  /// Of these the ones with a known key; reports the others.
  Pairs checked_keys(const yaml::Node& map, std::string_view where, std::span<const std::string_view> known) {
    auto pairs = unique_keys(map);
    std::erase_if(pairs, [&](const auto& pair) {
      const auto& key = *pair.first;
      if (std::ranges::find(known, key.text) != known.end()) return false;
      const auto close = did_you_mean(key.text, known);
      auto& d = sink_.report(Code::ProjectKey, key.span, fmt::format("{} has no key `{}`", where, key.text),
                             close.empty() ? std::string{} : fmt::format("did you mean `{}`?", close));
      if (close.empty()) {
        d.help(fmt::format("its keys are `{}`", fmt::join(known, "`, `")));
      } else {
        d.fix(key.span, std::string{close});
      }
      return true;
    });
    return pairs;
  }

  void read_compiler(const yaml::Node& value) {
    if (!expect_text(value, "`compiler`", "a range of versions such as `\">=0.3\"`")) return;
    const auto fits = in_version_range(version_, value.text);
    if (!fits) {
      wrong(value.span,
            fmt::format("`{}` is no range of versions, expected one such as `>=0.3` or `>=0.3 <1.0`",
                        value.text));
    } else if (!*fits) {
      sink_.report(Code::CompilerVersion, value.span,
                   fmt::format("this is stackc {}, the project needs `{}`", version_, value.text));
    }
  }

  void read_out(const yaml::Node& value) {
    if (expect_text(value, "`out`", "the name of a folder")) project_.out = value.text;
  }

  void read_environments(const yaml::Node& value) {
    if (!expect_map(value, "`environments`", "a map from their names")) return;
    for (const auto& [key, body] : unique_keys(value)) {
      const auto is_plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
               c == '_' || c == '.';
      };
      if (key->text.empty() || key->text[0] == '.' || !std::ranges::all_of(key->text, is_plain)) {
        auto& d = wrong(key->span, fmt::format("`{}` cannot name an environment", key->text));
        d.help("the name is a folder of the output: letters, digits, `-`, `_` and `.`");
        continue;
      }
      Environment environment{key->text, key->span, {}};
      read_environment(*body, environment);
      project_.environments.push_back(std::move(environment));
    }
  }

  void read_environment(const yaml::Node& body, Environment& environment) {
    static constexpr std::array<std::string_view, 1> kKeys{"stacks"};
    if (!expect_map(body, "an environment", "the key `stacks`")) return;
    for (const auto& [key, stacks] : checked_keys(body, "an environment", kKeys)) {
      if (!expect_map(*stacks, "`stacks`", "a map from the names of stacks")) continue;
      for (const auto& [name, settings] : unique_keys(*stacks)) {
        ProjectStack stack{name->text, name->span, {}, {}, {}};
        read_stack(*settings, stack);
        environment.stacks.push_back(std::move(stack));
      }
    }
  }

  void read_stack(const yaml::Node& body, ProjectStack& stack) {
    static constexpr std::array<std::string_view, 3> kKeys{"name", "const", "parameters"};
    if (!expect_map(body, "a stack", "the keys `name`, `const` and `parameters`")) return;
    for (const auto& [key, value] : checked_keys(body, "a stack", kKeys)) {
      if (key->text == "name") {
        if (expect_text(*value, "`name`", "the name of the deployed stack")) stack.name = value->text;
        continue;
      }
      auto& list = key->text == "const" ? stack.consts : stack.parameters;
      if (!expect_map(*value, fmt::format("`{}`", key->text), "a map from the names of params")) continue;
      for (const auto& [name, given] : unique_keys(*value)) list.push_back({name->text, name->span, *given});
    }
  }

  void read_lints(const yaml::Node& value) {
    if (!expect_map(value, "`lint`", "a map from lints to levels")) return;
    std::vector<std::string_view> lints;
    for (const auto& code : all_codes()) {
      if (code.severity != Severity::Error) lints.push_back(code.slug);
    }
    for (const auto& [key, level] : checked_keys(value, "`lint`", lints)) {
      if (const auto wanted = read_level(*level)) project_.lints[find_code(key->text)->code] = *wanted;
    }
  }

  std::optional<LintLevel> read_level(const yaml::Node& value) {
    static constexpr std::array<std::string_view, 4> kLevels{"off", "note", "warning", "error"};
    if (!expect_text(value, "the level of a lint", "`off`, `note`, `warning` or `error`"))
      return std::nullopt;
    const auto found = std::ranges::find(kLevels, value.text);
    if (found != kLevels.end()) return static_cast<LintLevel>(found - kLevels.begin());
    const auto close = did_you_mean(value.text, kLevels);
    auto& d = wrong(value.span, fmt::format("`{}` is no level, expected `off`, `note`, `warning` or `error`",
                                            value.text));
    if (!close.empty()) d.fix(value.span, std::string{close});
    return std::nullopt;
  }

  Project& project_;
  std::string_view version_;
  Sink& sink_;
};

}  // namespace

const ProjectStack* Environment::find(std::string_view source_name) const {
  const auto found = std::ranges::find(stacks, source_name, &ProjectStack::source_name);
  return found == stacks.end() ? nullptr : &*found;
}

const Environment* Project::find(std::string_view environment) const {
  const auto found = std::ranges::find(environments, environment, &Environment::name);
  return found == environments.end() ? nullptr : &*found;
}

std::optional<std::string> find_project_file(const FileSystem& fs, std::string_view from,
                                             std::string_view working_folder) {
  // The folders above `.` that there are; nothing is above the root.
  auto above = std::ranges::count(normalize_path(working_folder), '/');
  if (working_folder.empty() || working_folder == "/") above = 0;
  auto folder = normalize_path(from);
  for (;;) {
    auto file = join_path(folder, kFileName);
    if (fs.kind(file) == PathKind::File) return file;
    if (folder == "/") return std::nullopt;
    const auto last = folder.substr(folder.rfind('/') + 1);
    if (folder == "." || last == "..") {
      const auto climbed = folder == "." ? 0 : std::ranges::count(folder, '/') + 1;
      if (climbed >= above) return std::nullopt;
      folder = join_path(folder, "..");
    } else {
      folder = std::string{directory_of(folder)};
    }
  }
}

Project read_project(const std::string& path, std::string_view version, const FileSystem& fs,
                     SourceMap& sources, Sink& sink) {
  Project project;
  project.path = path;
  project.root = std::string{directory_of(path)};
  auto text = fs.read(path, kMaxProjectBytes);
  if (const auto* error = std::get_if<FileError>(&text)) {
    report_unreadable(fs, path, *error, Span{}, sink);
    return project;
  }
  const auto file = sources.add(path, std::get<std::string>(std::move(text)));
  bool ok = false;
  const auto root = yaml::parse(sources, file, sink, ok);
  if (ok) Reader{project, version, sink}.read(root);
  return project;
}

}  // namespace stackc
