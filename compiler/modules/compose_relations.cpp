// What a service has to do with others, and how one finds out whether it works.

#include <algorithm>

#include "compiler/base/suggest.hpp"
#include "compiler/base/text.hpp"
#include "compiler/modules/compose_service.hpp"

namespace stackc::compose {

namespace {

constexpr std::int64_t kSecond = 1'000'000;

/// Whether a service has a health check that ECS sees: its own, for those of images it does not look at.
bool has_health(const yaml::Node& body) {
  const yaml::Node* check = body.find("healthcheck");
  if (check == nullptr || check->kind != yaml::Kind::Map) return false;
  const yaml::Node* disabled = check->find("disable");
  if (disabled != nullptr && parse_bool(disabled->text).value_or(false)) return false;
  const yaml::Node* test = check->find("test");
  return test != nullptr && !is_null(*test);
}

std::string_view condition_of(const yaml::Node* details) {
  const yaml::Node* condition = details != nullptr && details->kind == yaml::Kind::Map ? details->find("condition") : nullptr;
  return condition == nullptr ? std::string_view("service_started") : std::string_view(condition->text);
}

}  // namespace

void ServiceReader::health_duration(const Node& node, std::string_view key, std::string name, std::int64_t low,
                                    std::int64_t high, Value& into) {
  const Node* value = node.find(key);
  if (value == nullptr || is_null(*value)) return;
  const auto duration = scalars_.duration(*value, key);
  if (!duration) return;
  const std::int64_t seconds = (*duration + kSecond - 1) / kSecond;
  const std::int64_t bounded = std::clamp(seconds, low, high);
  if (bounded != seconds) {
    reports_.changed(value->span, fmt::format("`{}` is {} s on ECS, which takes {} to {} s", key, bounded, low, high));
  }
  add(into, std::move(name), make_seconds(value->span, bounded));
}

void ServiceReader::health() {
  const Node* check = find("healthcheck");
  if (check == nullptr || !scalars_.is_map(*check, "healthcheck")) return;
  scalars_.check_keys(*check, "`healthcheck`",
                      {"test", "interval", "timeout", "retries", "start_period", "start_interval", "disable"});
  if (const Node* disabled = check->find("disable")) {
    if (scalars_.truth(*disabled, "healthcheck.disable").value_or(false)) return;
  }
  const Node* test = check->find("test");
  if (test == nullptr || is_null(*test)) {
    reports_.unsupported(check->span, "ECS does not look at the health check of an image").help("write its command here: `test: [CMD, …]`");
    return;
  }
  Value command = make_list(test->span);
  if (test->kind == yaml::Kind::List) {
    const std::string_view first = test->items.empty() ? std::string_view{} : std::string_view(test->items[0].text);
    if (first == "NONE") return;
    if (first != "CMD" && first != "CMD-SHELL") {
      reports_.error(test->span, "the `test` of a health check starts with `CMD`, `CMD-SHELL` or `NONE`");
      return;
    }
    for (const Node& item : test->items) {
      if (auto text = scalars_.text(item, "test")) command.items.push_back(make_text(item.span, std::move(*text)));
    }
  } else if (auto text = scalars_.text(*test, "test")) {
    command.items.push_back(make_text(test->span, "CMD-SHELL"));
    command.items.push_back(make_text(test->span, std::move(*text)));
  }
  Value health = make_record(check->span);
  add(health, "command", std::move(command));
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
  health_duration(*check, "interval", "interval", 5, 300, health);
  health_duration(*check, "timeout", "timeout", 2, 60, health);
  if (const Node* retries = check->find("retries"); retries != nullptr && !is_null(*retries)) {
    if (const auto count = scalars_.integer(*retries, "retries", 0, 1'000'000)) {
      const std::int64_t bounded = std::clamp<std::int64_t>(*count, 1, 10);
      if (bounded != *count) reports_.changed(retries->span, fmt::format("`retries` is {} on ECS, which takes 1 to 10", bounded));
      add(health, "retries", make_int(retries->span, bounded));
    }
  }
  health_duration(*check, "start_period", "startPeriod", 0, 300, health);
  if (const Node* interval = check->find("start_interval")) reports_.ignored(interval->span, "healthcheck.start_interval");
  add(out_, "health", std::move(health));
}

/// Whether another service of the task waits for the end of this one: then the task goes on without it.
bool ServiceReader::must_end_first(std::string_view name) const {
  for (const ServiceNode& s : project_.services) {
    const Node* list = is_chosen(s.name.text) ? s.body.find("depends_on") : nullptr;
    const Node* details = list != nullptr && list->kind == yaml::Kind::Map ? list->find(name) : nullptr;
    if (details != nullptr && condition_of(details) == "service_completed_successfully") return true;
  }
  return false;
}

void ServiceReader::add_dependency(const Node& place, const std::string& name, const Node* details, Value& into) {
  const ServiceNode* service = other(name);
  bool required = true;
  if (details != nullptr && details->kind == yaml::Kind::Map) {
    scalars_.check_keys(*details, "`depends_on`", {"condition", "required", "restart"});
    if (const Node* r = details->find("required")) required = scalars_.truth(*r, "required").value_or(true);
  }
  if (service == nullptr) {
    if (!required) return;
    std::vector<std::string_view> names;
    for (const ServiceNode& s : project_.services) names.push_back(s.name.text);
    const auto close = did_you_mean(name, names);
    Diagnostic& d = reports_.error(place.span, fmt::format("there is no service `{}`", name));
    if (!close.empty()) d.help(fmt::format("did you mean `{}`?", close));
    return;
  }
  if (!is_chosen(name)) return;  // it runs elsewhere, or not at all
  const std::string_view condition = condition_of(details);
  std::string state;
  if (condition == "service_started") state = "START";
  if (condition == "service_healthy") state = "HEALTHY";
  if (condition == "service_completed_successfully") state = "SUCCESS";
  if (state.empty()) {
    reports_.error(place.span, fmt::format("`{}` is no condition of `depends_on`", condition))
        .help("it is `service_started`, `service_healthy` or `service_completed_successfully`");
    return;
  }
  if (state == "HEALTHY" && !has_health(service->body)) {
    reports_.unsupported(place.span, fmt::format("`{}` waits until `{}` is healthy, which has no `healthcheck` here", name_, name))
        .help("ECS does not look at the health check of an image: write it into the Compose file too")
        .label(service->name.span, "this service");
    return;
  }
  add(into, name, make_word(place.span, state));
}

void ServiceReader::depends_on() {
  const Node* node = find("depends_on");
  if (node == nullptr || is_null(*node)) return;
  Value after = make_record(node->span);
  if (node->kind == yaml::Kind::Map) {
    for (const auto& [key, details] : node->pairs) add_dependency(key, key.text, &details, after);
  } else {
    for (const Node* item : scalars_.one_or_many(*node, "depends_on")) {
      if (const auto name = scalars_.plain(*item, "depends_on")) add_dependency(*item, *name, nullptr, after);
    }
  }
  if (!after.members.empty()) add(out_, "after", std::move(after));
}

void ServiceReader::links() {
  const Node* node = find("links");
  if (node == nullptr || !scalars_.is_list(*node, "links")) return;
  Value list = make_list(node->span);
  for (const Node& item : node->items) {
    const auto word = scalars_.plain(item, "links");
    if (!word) continue;
    const std::string name = word->substr(0, word->find(':'));
    if (other(name) == nullptr) {
      reports_.error(item.span, fmt::format("there is no service `{}`", name));
    } else if (is_chosen(name)) {
      list.items.push_back(make_text(item.span, *word));
    }
  }
  if (!list.items.empty()) add(out_, "links", std::move(list));
}

void ServiceReader::volumes_from() {
  const Node* node = find("volumes_from");
  if (node == nullptr || !scalars_.is_list(*node, "volumes_from")) return;
  Value list = make_list(node->span);
  for (const Node& item : node->items) {
    const auto word = scalars_.plain(item, "volumes_from");
    if (!word) continue;
    const std::string name = word->substr(0, word->find(':'));
    if (!is_chosen(name)) {
      reports_.unsupported(item.span, fmt::format("`{}` is no service of this task", name))
          .help("the volumes of a container are those of one of its own task");
      continue;
    }
    Value one = make_record(item.span);
    add(one, "SourceContainer", make_text(item.span, name));
    if (word->ends_with(":ro")) add(one, "ReadOnly", make_bool(item.span, true));
    list.items.push_back(std::move(one));
  }
  if (!list.items.empty()) add(out_, "volumesFrom", std::move(list));
}

}  // namespace stackc::compose
