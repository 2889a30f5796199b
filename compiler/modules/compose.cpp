#include "compiler/modules/compose.hpp"

#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/modules/compose_service.hpp"

namespace stackc::compose {

namespace {

/// Whether a service runs: it has no profiles, or one of them is wanted.
bool runs(const yaml::Node& body, const Wanted& wanted, Scalars& scalars) {
  const yaml::Node* profiles = body.find("profiles");
  if (profiles == nullptr || is_null(*profiles)) return true;
  bool any = false;
  for (const yaml::Node* item : scalars.one_or_many(*profiles, "profiles")) {
    const auto name = scalars.plain(*item, "profiles");
    any = any || (name && std::ranges::find(wanted.profiles, *name, &Wanted::Name::text) != wanted.profiles.end());
  }
  return any;
}

void check_names(const Project& project, const Wanted& wanted, Sink& sink) {
  std::vector<std::string_view> names;
  for (const ServiceNode& s : project.services) names.push_back(s.name.text);
  for (const Wanted::Name& name : wanted.services) {
    if (std::ranges::find(names, name.text) != names.end()) continue;
    const auto close = did_you_mean(name.text, names);
    sink.report(Code::ComposeCall, name.span, fmt::format("the Compose file has no service `{}`", name.text))
        .help(close.empty() ? fmt::format("it has {}", fmt::join(names, ", ")) : fmt::format("did you mean `{}`?", close));
  }
}

std::vector<std::string> choose(const Project& project, const Wanted& wanted, Scalars& scalars) {
  std::vector<std::string> names;
  for (const ServiceNode& s : project.services) {
    const bool asked = std::ranges::find(wanted.services, s.name.text, &Wanted::Name::text) != wanted.services.end();
    if (wanted.services.empty() ? runs(s.body, wanted, scalars) : asked) names.push_back(s.name.text);
  }
  return names;
}

void add_secrets(const Value& services, std::vector<std::string>& names) {
  for (const Member& m : services.members) {
    const Value* secrets = m.value.find("secrets");
    if (secrets == nullptr) continue;
    for (const Member& secret : secrets->members) add_variables(secret.value.text, names);
  }
}

/// Secrets that nothing asks for.
void check_secrets(const Value& services, const Wanted& wanted, Sink& sink) {
  std::vector<std::string> found;
  add_secrets(services, found);
  const std::vector<std::string> all = variables_in(services);
  const std::vector<std::string_view> candidates(all.begin(), all.end());
  for (const Wanted::Name& name : wanted.secrets) {
    if (std::ranges::find(found, name.text) != found.end()) continue;
    const auto close = did_you_mean(name.text, candidates);
    sink.report(Code::ComposeCall, name.span, fmt::format("no environment of the services has a variable `{}`", name.text))
        .help(close.empty() ? "a secret is a variable of the shell in `environment`, such as `- PASSWORD`"
                            : fmt::format("did you mean `{}`?", close));
  }
}

/// One task has one architecture.
void check_architecture(const Value& services, Reports& reports) {
  const Value* first = nullptr;
  for (const Member& m : services.members) {
    const Value* arm = m.value.find("arm");
    if (arm == nullptr) continue;
    if (first != nullptr && first->truth != arm->truth) {
      reports.unsupported(arm->span, "the containers of one task have one architecture")
          .label(first->span, "another one here");
      return;
    }
    first = arm;
  }
}

void add_variables_in(const Value& value, std::vector<std::string>& names) {
  add_variables(value.text, names);
  for (const Value& item : value.items) add_variables_in(item, names);
  for (const Member& m : value.members) add_variables_in(m.value, names);
}

}  // namespace

std::vector<std::string> variables_in(const Value& value) {
  std::vector<std::string> names;
  add_variables_in(value, names);
  std::erase_if(names, [](const std::string& name) { return name.starts_with(kArgument); });
  return names;
}

std::string argument_name(std::string_view variable) {
  return variable.starts_with(kArgument) ? std::string(variable.substr(1)) : fmt::format("ENVIRONMENT_{}", variable);
}

std::optional<Value> read(FileId file, const Wanted& wanted, const ReadFile& read_file, SourceMap& sources, Sink& sink) {
  Reports reports(sink);
  Scalars scalars(reports);
  const std::size_t before = reports.errors();
  Files files(read_file, sources, sink, scalars);
  const Project project = files.read(file);
  check_names(project, wanted, sink);
  if (reports.errors() > before) return std::nullopt;
  const std::vector<std::string> chosen = choose(project, wanted, scalars);
  ServiceReader reader(files, scalars, project, chosen, wanted);
  Value services = make_record(Span{file, 0, 0});
  for (const ServiceNode& s : project.services) {
    if (std::ranges::find(chosen, s.name.text) != chosen.end()) add(services, s.name.text, reader.read(s));
  }
  if (reports.errors() == before) check_secrets(services, wanted, sink);
  check_architecture(services, reports);
  reports.tell_ignored();
  if (reports.errors() > before) return std::nullopt;
  return services;
}

}  // namespace stackc::compose
