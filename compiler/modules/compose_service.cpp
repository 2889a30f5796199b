#include "compiler/modules/compose_service.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"

namespace stackc::compose {

namespace {

/// `node-cookie` -> `NODE_COOKIE`: part of the name of a release argument.
std::string shouted(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c >= 'a' && c <= 'z') out += static_cast<char>(c - 'a' + 'A');
    else out += c == '-' || c == '.' ? '_' : c;
  }
  return out;
}

/// A reference that names a registry: its first part has a dot or a port.
bool has_registry(const Text& image) {
  if (image.empty()) return false;
  if (!image[0].is_literal()) return true;  // a variable in front: who sets it knows
  const std::size_t slash = image[0].text.find('/');
  if (slash == std::string::npos) return false;
  const std::string_view first = std::string_view(image[0].text).substr(0, slash);
  return first.find_first_of(".:") != std::string_view::npos || first == "localhost";
}

Text variable(std::string name) { return {Piece{{}, std::move(name), Piece::Use::Plain, {}}}; }

}  // namespace

const yaml::Node* ServiceReader::find(std::initializer_list<std::string_view> path) const {
  const Node* node = body_;
  for (const std::string_view key : path) {
    if (node == nullptr || node->kind != yaml::Kind::Map) return nullptr;
    node = node->find(key);
  }
  return node;
}

const ServiceNode* ServiceReader::other(std::string_view name) const {
  const auto at = std::ranges::find_if(project_.services, [&](const ServiceNode& s) { return s.name.text == name; });
  return at == project_.services.end() ? nullptr : &*at;
}

bool ServiceReader::is_chosen(std::string_view name) const { return std::ranges::find(chosen_, name) != chosen_.end(); }

Value ServiceReader::read(const ServiceNode& service) {
  service_ = &service;
  body_ = &service.body;
  name_ = service.name.text;
  out_ = make_record(service.name.span);
  check_name();
  check_service_keys();
  image();
  ports();
  if (must_end_first(name_)) add(out_, "essential", make_bool(service.name.span, false));
  cpu();
  memory();
  words("command", "command");
  words("entrypoint", "entryPoint");
  environment();
  health();
  depends_on();
  volumes();
  volumes_from();
  stop_timeout();
  simple_fields();
  ulimits();
  sysctls();
  gpus();
  linux_parameters();
  links();
  extra_hosts();
  network_modes();
  networks();
  deploy();
  logging();
  secrets();
  return std::move(out_);
}

void ServiceReader::check_name() {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  };
  if (name_.empty() || name_.size() > 255 || !std::ranges::all_of(name_, good)) {
    reports_.unsupported(service_->name.span, fmt::format("`{}` cannot be the name of a container of ECS", name_))
        .help("it has letters, digits, `-` and `_`, at most 255");
  }
}

void ServiceReader::check_service_keys() {
  for (const auto& [key, value] : body_->pairs) {
    if (key.text.starts_with("x-")) continue;
    const auto known = std::ranges::find(service_keys(), std::string_view(key.text), &Key::name);
    if (known == service_keys().end()) {
      std::vector<std::string_view> names;
      for (const Key& k : service_keys()) names.push_back(k.name);
      reports_.unknown_key(key, "a service", names);
    } else if (known->fate == Fate::Ignored) {
      reports_.ignored(key.span, key.text);
    } else if (known->fate == Fate::Changed) {
      reports_.changed(key.span, fmt::format("`{}` is left out: {}", key.text, known->why));
    } else if (known->fate == Fate::Unsupported) {
      reports_.unsupported(key.span, fmt::format("`{}` cannot be had on ECS", key.text)).help(std::string(known->why));
    }
  }
}

void ServiceReader::image() {
  const Node* build = find("build");
  const Node* image = find("image");
  if (build != nullptr && is_null(*build)) build = nullptr;
  if (image == nullptr || is_null(*image)) {
    if (build == nullptr) {
      reports_.error(service_->name.span, fmt::format("the service `{}` has neither `image` nor `build`", name_));
      return;
    }
    // The one that was built is named when it is released.
    add(out_, "image", make_text(build->span, variable(fmt::format("@ECS_TASK_IMAGE_{}", shouted(name_)))));
    return;
  }
  auto text = scalars_.text(*image, "image");
  if (!text) return;
  if (build != nullptr && !has_registry(*text)) text = variable(fmt::format("@ECS_TASK_IMAGE_{}", shouted(name_)));
  add(out_, "image", make_text(image->span, std::move(*text)));
}

/// A command: a list of words, or a text that is split as a shell would.
void ServiceReader::words(std::string_view key, std::string name) {
  const Node* node = find(key);
  if (node == nullptr || is_null(*node)) return;
  Value list = make_list(node->span);
  if (node->kind == yaml::Kind::List) {
    for (const Node& item : node->items) {
      if (auto text = scalars_.text(item, key)) list.items.push_back(make_text(item.span, std::move(*text)));
    }
  } else if (auto text = scalars_.text(*node, key)) {
    auto split = shell_words(*text);
    if (!split) {
      reports_.error(node->span, fmt::format("`{}` cannot be split into words: a quote is not closed", key));
      return;
    }
    for (Text& word : *split) list.items.push_back(make_text(node->span, std::move(word)));
  }
  if (!list.items.empty()) add(out_, std::move(name), std::move(list));
}

void ServiceReader::env_files(std::vector<Scalars::Pair>& into) {
  const Node* node = find("env_file");
  if (node == nullptr) return;
  std::vector<const Node*> items;
  if (node->kind == yaml::Kind::Map) items.push_back(node);
  else items = scalars_.one_or_many(*node, "env_file");
  for (const Node* item : items) {
    const Node* path = item;
    bool required = true;
    bool raw = false;
    if (item->kind == yaml::Kind::Map) {
      scalars_.check_keys(*item, "`env_file`", {"path", "required", "format"});
      path = item->find("path");
      if (const Node* r = item->find("required")) required = scalars_.truth(*r, "env_file.required").value_or(true);
      if (const Node* f = item->find("format")) raw = scalars_.plain(*f, "env_file.format") == "raw";
    }
    const auto name = path == nullptr ? std::nullopt : scalars_.plain(*path, "env_file");
    if (!name) continue;
    const auto file = files_.open(*name, path->span, required);
    if (!file) continue;
    const FileId id = files_.sources().add(file->path, file->text);
    std::string reason;
    std::size_t at = 0;
    const auto lines = parse_env_file(file->text, raw, reason, at);
    if (!lines) {
      const auto place = static_cast<std::uint32_t>(std::min(at, file->text.size()));
      reports_.error(Span{id, place, place}, fmt::format("`{}` cannot be read: {}", file->path, reason));
      continue;
    }
    for (const EnvLine& line : *lines) {
      const auto place = static_cast<std::uint32_t>(line.at);
      into.push_back({line.name, Span{id, place, static_cast<std::uint32_t>(place + line.name.size())}, line.value});
    }
  }
}

void ServiceReader::environment() {
  std::vector<Scalars::Pair> all;
  env_files(all);
  if (const Node* node = find("environment")) {
    for (Scalars::Pair& pair : scalars_.pairs(*node, "environment")) all.push_back(std::move(pair));
  }
  Value environment = make_record(all.empty() ? out_.span : all.front().span);
  Value secrets = make_record(environment.span);
  for (Scalars::Pair& pair : all) {
    if (pair.name.empty()) {
      reports_.error(pair.span, "a variable of the environment has a name");
    } else {
      add_variable(std::move(pair), environment, secrets);
    }
  }
  if (!environment.members.empty()) add(out_, "environment", std::move(environment));
  if (!secrets.members.empty()) add(out_, "secrets", std::move(secrets));
}

/// The variable in `text` that holds a secret; empty: none does.
std::string_view ServiceReader::secret_in(const Text& text) const {
  for (const Piece& p : text) {
    if (p.is_literal()) continue;
    const bool secret = std::ranges::find(wanted_.secrets, p.variable, &Wanted::Name::text) != wanted_.secrets.end();
    if (secret) return p.variable;
    if (const std::string_view inside = secret_in(p.other); !inside.empty()) return inside;
  }
  return {};
}

void ServiceReader::add_variable(Scalars::Pair pair, Value& environment, Value& secrets) {
  // A name alone: the value comes from the shell.
  Text text = pair.text ? std::move(*pair.text) : variable(pair.name);
  const std::string secret(secret_in(text));
  if (!secret.empty() && (text.size() != 1 || text[0].variable != secret)) {
    reports_.unsupported(pair.span, fmt::format("`{}` holds the secret `{}` and something else", pair.name, secret))
        .help("ECS puts a secret into a variable of its own: let the program join them");
    return;
  }
  Value& into = secret.empty() ? environment : secrets;
  Value value = make_text(pair.span, secret.empty() ? std::move(text) : variable(secret));
  // What was said before, in an env file or in what is extended, does not count any more.
  for (Value* known : {&environment, &secrets}) {
    const auto same = std::ranges::find(known->members, pair.name, &Member::name);
    if (same == known->members.end()) continue;
    if (known == &into) {
      same->value = std::move(value);
      return;
    }
    known->members.erase(same);
  }
  add(into, pair.name, std::move(value));
}

void ServiceReader::text_field(std::string_view key, std::string name) {
  const Node* node = find(key);
  if (node == nullptr || is_null(*node)) return;
  if (auto text = scalars_.text(*node, key)) add(out_, std::move(name), make_text(node->span, std::move(*text)));
}

void ServiceReader::bool_field(std::string_view key, std::string name) {
  const Node* node = find(key);
  if (node == nullptr || is_null(*node)) return;
  if (const auto truth = scalars_.truth(*node, key)) add(out_, std::move(name), make_bool(node->span, *truth));
}

void ServiceReader::text_list(std::string_view key, std::string name) {
  const Node* node = find(key);
  if (node == nullptr) return;
  Value list = make_list(node->span);
  for (const Node* item : scalars_.one_or_many(*node, key)) {
    if (auto text = scalars_.text(*item, key)) list.items.push_back(make_text(item->span, std::move(*text)));
  }
  if (!list.items.empty()) add(out_, std::move(name), std::move(list));
}

void ServiceReader::simple_fields() {
  bool_field("read_only", "readOnly");
  bool_field("privileged", "privileged");
  bool_field("init", "init");
  text_field("user", "user");
  text_field("working_dir", "workingDirectory");
  text_field("hostname", "hostname");
  bool_field("stdin_open", "interactive");
  bool_field("tty", "terminal");
  text_list("dns", "dnsServers");
  text_list("dns_search", "dnsSearchDomains");
  text_list("security_opt", "securityOptions");
  if (const Node* labels = find("labels")) {
    Value record = make_record(labels->span);
    for (Scalars::Pair& pair : scalars_.pairs(*labels, "labels")) {
      add(record, pair.name, make_text(pair.span, pair.text.value_or(Text{})));
    }
    if (!record.members.empty()) add(out_, "labels", std::move(record));
  }
  if (const Node* platform = find("platform")) {
    const auto word = scalars_.plain(*platform, "platform");
    if (word && (*word == "linux/arm64" || word->starts_with("linux/arm64/"))) {
      add(out_, "arm", make_bool(platform->span, true));
    } else if (word && *word == "linux/amd64") {
      add(out_, "arm", make_bool(platform->span, false));
    } else if (word) {
      reports_.unsupported(platform->span, fmt::format("ECS has no `{}`", *word))
          .help("it runs `linux/amd64` and `linux/arm64`");
    }
  }
  if (const Node* spec = find("credential_spec")) {
    reports_.unsupported(spec->span, "`credential_spec` is given by an ARN on ECS")
        .help("say `credentialSpecs` of the container in the stack");
  }
}

void ServiceReader::deploy() {
  const Node* deploy = find("deploy");
  if (deploy == nullptr || !scalars_.is_map(*deploy, "deploy")) return;
  scalars_.check_keys(*deploy, "`deploy`", {"mode", "endpoint_mode", "replicas", "labels", "update_config", "rollback_config",
                                            "resources", "restart_policy", "placement"});
  for (const auto& [key, value] : deploy->pairs) {
    if (key.text != "resources" && !key.text.starts_with("x-")) reports_.ignored(key.span, fmt::format("deploy.{}", key.text));
  }
  const Node* resources = deploy->find("resources");
  if (resources == nullptr || !scalars_.is_map(*resources, "deploy.resources")) return;
  scalars_.check_keys(*resources, "`deploy.resources`", {"limits", "reservations"});
  if (const Node* limits = resources->find("limits"); limits != nullptr && scalars_.is_map(*limits, "limits")) {
    scalars_.check_keys(*limits, "`limits`", {"cpus", "memory", "pids"});
    if (const Node* pids = limits->find("pids")) {
      reports_.changed(pids->span, "`pids` is left out: ECS limits processes by `ulimits` with `nproc` only");
    }
  }
  if (const Node* r = resources->find("reservations"); r != nullptr && scalars_.is_map(*r, "reservations")) {
    scalars_.check_keys(*r, "`reservations`", {"cpus", "memory", "devices", "generic_resources"});
    if (const Node* generic = r->find("generic_resources")) {
      reports_.unsupported(generic->span, "ECS reserves no `generic_resources`");
    }
  }
}

void ServiceReader::logging() {
  const Node* logging = find("logging");
  if (logging == nullptr || !scalars_.is_map(*logging, "logging")) return;
  scalars_.check_keys(*logging, "`logging`", {"driver", "options"});
  constexpr std::string_view kDrivers[] = {"awslogs", "awsfirelens", "fluentd", "gelf", "journald", "splunk", "syslog"};
  constexpr std::string_view kLocal[] = {"json-file", "local", "none"};
  const Node* driver = logging->find("driver");
  const auto word = driver == nullptr ? std::optional<std::string>("json-file") : scalars_.plain(*driver, "logging.driver");
  if (!word) return;
  // What stays on the machine of a developer goes where the task's logs go.
  if (std::ranges::find(kLocal, *word) != std::end(kLocal)) {
    reports_.ignored(logging->span, driver == nullptr ? "logging" : fmt::format("logging.driver: {}", *word));
    return;
  }
  if (std::ranges::find(kDrivers, *word) == std::end(kDrivers)) {
    reports_.unsupported(driver->span, fmt::format("ECS has no log driver `{}`", *word))
        .help(fmt::format("it has {}", fmt::join(kDrivers, ", ")));
    return;
  }
  Value logs = make_record(driver->span);
  add(logs, "LogDriver", make_word(driver->span, *word));
  if (const Node* options = logging->find("options")) {
    Value record = make_record(options->span);
    for (Scalars::Pair& pair : scalars_.pairs(*options, "logging.options")) {
      add(record, pair.name, make_text(pair.span, pair.text.value_or(Text{})));
    }
    if (!record.members.empty()) add(logs, "Options", std::move(record));
  }
  add(out_, "logs", std::move(logs));
}

void ServiceReader::secrets() {
  const Node* list = find("secrets");
  if (list == nullptr) return;
  if (!scalars_.is_list(*list, "secrets")) return;
  for (const Node& item : list->items) {
    const Node* source = item.kind == yaml::Kind::Map ? item.find("source") : &item;
    const auto name = source == nullptr ? std::nullopt : scalars_.plain(*source, "secrets");
    if (!name) continue;
    reports_.changed(item.span, fmt::format("the secret `{}` is left out: ECS gives no files, it gives variables of the environment", *name))
        .help("say `secrets: { NAME: arn }` of the container in the stack");
  }
}

}  // namespace stackc::compose
