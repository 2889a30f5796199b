#include "compiler/driver/command_line.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/driver/help.hpp"

// CLI11 is included here alone: each file that includes it constructs its validators when the program starts.

namespace stackc {

namespace {

/// Describes options to CLI11: all of them, or those alone that some arguments may name.
class Describe {
 public:
  /// `arguments` null: all.
  Describe(CLI::App& app, const std::vector<std::string>* arguments) : app_(app), arguments_(arguments) {}

  template <class T>
  void option(std::string_view names, T& value) const {
    if (is_wanted(names)) app_.add_option(std::string{names}, value);
  }
  /// `adjust(CLI::Option&)`: what is special about it.
  template <class T, class Adjust>
  void option(std::string_view names, T& value, const Adjust& adjust) const {
    if (is_wanted(names)) adjust(*app_.add_option(std::string{names}, value));
  }
  void flag(std::string_view names, bool& value) const {
    if (is_wanted(names)) app_.add_flag(std::string{names}, value);
  }

 private:
  /// `names`: of an option, `-o,--out`, or of what stands without one, which is always wanted.
  [[nodiscard]] bool is_wanted(std::string_view names) const {
    if (arguments_ == nullptr || !names.starts_with('-')) return true;
    while (!names.empty()) {
      const auto name = names.substr(0, names.find(','));
      if (std::ranges::any_of(*arguments_, [&](const std::string& a) { return a.starts_with(name); }))
        return true;
      names.remove_prefix(std::min(names.size(), name.size() + 1));
    }
    return false;
  }

  CLI::App& app_;
  const std::vector<std::string>* arguments_;
};

/// May be given several times, with one value each.
void one_value(CLI::Option& option) { option.allow_extra_args(false); }

void add_common(const Describe& add, RawOptions& raw) {
  add.option("--diagnostics", raw.form);
  add.option("--color", raw.color);
  add.flag("-v,--verbose", raw.verbose);
  add.flag("--timings", raw.timings);
}

void add_compile(const Describe& add, RawOptions& raw, bool emit) {
  add.option("inputs", raw.compile.inputs);
  add.option("--env", raw.compile.environment);
  add.option("--set", raw.sets, one_value);
  add.option("--dump", raw.dump);
  add.option("-j,--jobs", raw.compile.jobs, [](CLI::Option& jobs) { jobs.check(CLI::Range(1, 256)); });
  add.option("--depfile", raw.compile.depfile);
  add.option("--depfile-target", raw.compile.depfile_target);
  add.option("--incremental", raw.compile.incremental);
  if (!emit) return;
  add.option("-o,--out", raw.compile.out);
  add.option("--format", raw.output_format);
  add.flag("--check", raw.compile.compare);
  add.flag("--map", raw.compile.source_map);
}

void add_diff(const Describe& add, RawOptions& raw) {
  add.option("sides", raw.diff.sides);
  add.option("--env", raw.diff.environment);
  add.option("--set", raw.sets, one_value);
  add.option("--format", raw.diff_format);
  add.option("--fail-on", raw.fail_on,
             [](CLI::Option& kinds) { kinds.allow_extra_args(false)->delimiter(','); });
  add.option("--refactor", raw.diff.refactor);
}

void add_command(const Describe& add, std::string_view name, RawOptions& raw) {
  if (name == "build" || name == "check") add_compile(add, raw, name == "build");
  if (name == "fmt") {
    add.option("inputs", raw.format.inputs);
    add.flag("--check", raw.format.compare);
  }
  if (name == "import") {
    add.option("templates", raw.import.inputs);
    add.option("-o,--out", raw.import.out);
    add.flag("--force", raw.import.force);
  }
  if (name == "doc") {
    add.option("libraries", raw.doc.inputs);
    add.option("-o,--out", raw.doc.out);
    add.flag("--check", raw.doc.compare);
  }
  if (name == "policy") {
    add.option("inputs", raw.policy.inputs);
    add.option("--env", raw.policy.environment);
    add.option("--set", raw.sets, one_value);
    add.option("-o,--out", raw.policy.out);
    add.option("--account", raw.policy.account);
    add.option("--region", raw.policy.region);
    add.option("--partition", raw.policy.partition);
  }
  if (name == "diff") add_diff(add, raw);
  if (name == "explain") add.option("code", raw.explain.code);
  if (name == "schema") {
    add.option("type", raw.schema.type);
    add.option("--search", raw.schema.search);
  }
  if (name == "init") add.option("folder", raw.init.folder);
}

/// The command line as the command `only` understands it, or as much of it as `arguments` may name:
/// describing an option costs as much as reading a page of source.
std::unique_ptr<CLI::App> make_app(RawOptions& raw, std::string_view only,
                                   const std::vector<std::string>* arguments = nullptr) {
  auto app = std::make_unique<CLI::App>();
  app->set_help_flag();
  add_common({*app, arguments}, raw);
  const auto commands = command_names();
  if (std::ranges::find(commands, only) == commands.end()) return app;
  auto* command = app->add_subcommand(std::string{only});
  command->set_help_flag();
  add_common({*command, arguments}, raw);
  add_command({*command, arguments}, only, raw);
  return app;
}

/// `--out`, `-o`, … of a command.
std::vector<std::string> names_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* option : command.get_options()) {
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

UsageError unexpected(const CLI::App& command, const std::string& argument) {
  const auto& name = command.get_name();
  if (!argument.starts_with('-') || argument == "-") {
    return {fmt::format("`stackc {}` does not expect `{}`", name, argument), see_help(name)};
  }
  const auto option = argument.substr(0, argument.find('='));
  const auto names = names_of(command);
  const std::vector<std::string_view> known(names.begin(), names.end());
  return {name.empty() ? fmt::format("unknown option `{}`", option)
                       : fmt::format("`stackc {}` has no option `{}`", name, option),
          hint(option, known, name)};
}

UsageError usage_error(const CLI::App& app, const CLI::ParseError& error) {
  const auto chosen = app.get_subcommands();
  const CLI::App& command = chosen.empty() ? app : *chosen.front();
  const auto rest = app.remaining(true);
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr && !rest.empty()) {
    return unexpected(command, rest.front());
  }
  const std::string reason = error.what();
  const auto option = reason.substr(0, reason.find(':'));
  if (dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr && option.starts_with('-')) {
    const bool twice = reason.find("At Most") != std::string::npos;
    return {fmt::format("`{}` {}", option, twice ? "is given more than once" : "needs a value"),
            see_help(command.get_name())};
  }
  return {reason, see_help(command.get_name())};
}

std::optional<UsageError> parse(CLI::App& app, const std::vector<std::string>& arguments) {
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    return usage_error(app, error);
  }
  return std::nullopt;
}

}  // namespace

std::optional<UsageError> read_arguments(std::string_view name, const std::vector<std::string>& arguments,
                                         RawOptions& raw) {
  if (!parse(*make_app(raw, name, &arguments), arguments)) return std::nullopt;
  // Whoever made a mistake is told of all options.
  raw = {};
  return parse(*make_app(raw, name), arguments);
}

UsageError unexpected_argument(const std::string& argument) {
  RawOptions raw;
  return unexpected(*make_app(raw, {}), argument);
}

std::string see_help(std::string_view command) {
  return fmt::format("see `stackc {}{}--help`", command, command.empty() ? "" : " ");
}

std::string hint(std::string_view word, std::span<const std::string_view> known, std::string_view command) {
  const auto close = did_you_mean(word, known);
  return close.empty() ? see_help(command) : fmt::format("did you mean `{}`?", close);
}

std::vector<std::string> option_names(std::string_view command) {
  RawOptions raw;
  const auto app = make_app(raw, command);
  return names_of(command.empty() ? *app : *app->get_subcommand(std::string{command}));
}

}  // namespace stackc
