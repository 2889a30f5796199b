// Memory, CPU and what the kernel grants.

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/modules/compose_service.hpp"

namespace stackc::compose {

namespace {

constexpr std::int64_t kMiB = 1024 * 1024;
constexpr std::int64_t kSecond = 1'000'000;

std::int64_t in_mib(std::int64_t bytes) { return (bytes + kMiB - 1) / kMiB; }

}  // namespace

void ServiceReader::memory() {
  const Node* limit = find("mem_limit");
  const Node* promised = find("mem_reservation");
  if (limit == nullptr) limit = find({"deploy", "resources", "limits", "memory"});
  if (promised == nullptr) promised = find({"deploy", "resources", "reservations", "memory"});
  const auto size = [&](const Node* node, std::string_view what) -> std::optional<std::int64_t> {
    if (node == nullptr || is_null(*node)) return std::nullopt;
    const auto bytes = scalars_.bytes(*node, what);
    if (!bytes || *bytes == 0) return std::nullopt;
    // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html
    constexpr std::int64_t kLeast = 6;
    if (in_mib(*bytes) < kLeast) {
      reports_.error(node->span, fmt::format("`{}` is {} MiB at least on ECS", what, kLeast));
      return std::nullopt;
    }
    return in_mib(*bytes);
  };
  const auto promise = size(promised, "mem_reservation");
  const auto most = size(limit, "mem_limit");
  if (promise && most && *promise > *most) {
    reports_.error(promised->span, "what is reserved is more than the limit");
    return;
  }
  if (promise) add(out_, "reserve", make_size(promised->span, *promise));
  if (most) add(out_, "memory", make_size(limit->span, *most));
}

/// In units of a thousand and twenty-fourth of a virtual CPU. What is reserved says how much a container gets
/// when others want some too, which is what ECS's `cpu` means; a limit is the next best answer.
void ServiceReader::cpu() {
  const Node* node = find({"deploy", "resources", "reservations", "cpus"});
  if (node == nullptr) node = find("cpus");
  if (node == nullptr) node = find({"deploy", "resources", "limits", "cpus"});
  if (node != nullptr && !is_null(*node)) {
    const auto word = scalars_.plain(*node, "cpus");
    const auto thousandths = word ? parse_decimal(*word) : std::nullopt;
    if (word && !thousandths) {
      reports_.error(node->span, fmt::format("`cpus` is a number such as `0.5`, this is `{}`", *word));
    } else if (thousandths && *thousandths > 0) {
      add(out_, "cpu", make_int(node->span, std::max<std::int64_t>(2, *thousandths * 1024 / 1000)));
    }
    return;
  }
  const Node* shares = find("cpu_shares");
  if (shares == nullptr || is_null(*shares)) return;
  if (const auto count = scalars_.integer(*shares, "cpu_shares", 0, 262'144); count && *count > 0) {
    add(out_, "cpu", make_int(shares->span, *count));
  }
}

void ServiceReader::ulimits() {
  const Node* node = find("ulimits");
  if (node == nullptr || !scalars_.is_map(*node, "ulimits")) return;
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Ulimit.html
  constexpr std::string_view kNames[] = {"core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice",
                                         "nofile", "nproc", "rss", "rtprio", "rttime", "sigpending", "stack"};
  Value list = make_list(node->span);
  for (const auto& [key, value] : node->pairs) {
    if (std::ranges::find(kNames, std::string_view(key.text)) == std::end(kNames)) {
      reports_.unknown_key(key, "`ulimits`", {std::begin(kNames), std::end(kNames)});
      continue;
    }
    const bool pair = value.kind == yaml::Kind::Map;
    if (pair) scalars_.check_keys(value, "an ulimit", {"soft", "hard"});
    const Node* soft = pair ? value.find("soft") : &value;
    const Node* hard = pair ? value.find("hard") : &value;
    if (soft == nullptr || hard == nullptr) {
      reports_.error(key.span, fmt::format("`{}` has a `soft` and a `hard` limit", key.text));
      continue;
    }
    constexpr std::int64_t kMost = 2'147'483'647;
    const auto low = scalars_.integer(*soft, key.text, -1, kMost);
    const auto high = scalars_.integer(*hard, key.text, -1, kMost);
    if (!low || !high) continue;
    Value one = make_record(key.span);
    add(one, "Name", make_word(key.span, key.text));
    add(one, "SoftLimit", make_int(soft->span, *low));
    add(one, "HardLimit", make_int(hard->span, *high));
    list.items.push_back(std::move(one));
  }
  if (!list.items.empty()) add(out_, "ulimits", std::move(list));
}

void ServiceReader::sysctls() {
  const Node* node = find("sysctls");
  if (node == nullptr) return;
  Value list = make_list(node->span);
  for (Scalars::Pair& pair : scalars_.pairs(*node, "sysctls")) {
    Value one = make_record(pair.span);
    add(one, "Namespace", make_text(pair.span, pair.name));
    add(one, "Value", make_text(pair.span, pair.text.value_or(Text{})));
    list.items.push_back(std::move(one));
  }
  if (!list.items.empty()) add(out_, "systemControls", std::move(list));
}

void ServiceReader::linux_parameters() {
  Value linux = make_record(out_.span);
  Value capabilities = make_record(out_.span);
  for (const auto& [key, name] : {std::pair{"cap_add", "Add"}, std::pair{"cap_drop", "Drop"}}) {
    const Node* node = find(key);
    if (node == nullptr || !scalars_.is_list(*node, key)) continue;
    Value list = make_list(node->span);
    for (const Node& item : node->items) {
      auto word = scalars_.plain(item, key);
      if (!word) continue;
      if (word->starts_with("CAP_")) word->erase(0, 4);
      list.items.push_back(make_word(item.span, std::move(*word)));
    }
    if (!list.items.empty()) add(capabilities, name, std::move(list));
  }
  if (!capabilities.members.empty()) add(linux, "Capabilities", std::move(capabilities));
  devices(linux);
  if (const Node* shm = find("shm_size"); shm != nullptr && !is_null(*shm)) {
    if (const auto bytes = scalars_.bytes(*shm, "shm_size")) {
      add(linux, "SharedMemorySize", make_int(shm->span, in_mib(*bytes)));
    }
  }
  tmpfs(linux);
  if (const Node* swap = find("memswap_limit"); swap != nullptr && !is_null(*swap)) {
    const Node* limit = find("mem_limit");
    const auto word = scalars_.plain(*swap, "memswap_limit");
    // Zero stands for what is not said or cannot be read, which is reported.
    const bool unlimited = word && *word == "-1";
    const std::int64_t both =
        word && !unlimited ? scalars_.bytes(*swap, "memswap_limit").value_or(0) : std::int64_t{0};
    const std::int64_t memory =
        limit != nullptr ? scalars_.bytes(*limit, "mem_limit").value_or(0) : std::int64_t{0};
    if (unlimited) {
      reports_.changed(swap->span, "`memswap_limit` is left out: without a limit a container on ECS has what the host has");
    } else if (both > 0 && memory == 0) {
      reports_.error(swap->span, "`memswap_limit` is memory and swap together, there is no `mem_limit` to tell them apart");
    } else if (both > 0 && both < memory) {
      reports_.error(swap->span, "`memswap_limit` is memory and swap together, this is less than `mem_limit`");
    } else if (both > 0) {
      add(linux, "MaxSwap", make_int(swap->span, in_mib(both - memory)));
    }
  }
  if (const Node* swappiness = find("mem_swappiness"); swappiness != nullptr && !is_null(*swappiness)) {
    if (const auto value = scalars_.integer(*swappiness, "mem_swappiness", 0, 100)) {
      add(linux, "Swappiness", make_int(swappiness->span, *value));
    }
  }
  if (!linux.members.empty()) add(out_, "linux", std::move(linux));
}

void ServiceReader::devices(Value& linux) {
  const Node* node = find("devices");
  if (node == nullptr || !scalars_.is_list(*node, "devices")) return;
  Value list = make_list(node->span);
  for (const Node& item : node->items) {
    std::vector<std::string> parts;
    if (item.kind == yaml::Kind::Map) {
      for (const std::string_view key : {"source", "target", "permissions"}) {
        const Node* part = item.find(key);
        parts.push_back(part != nullptr ? scalars_.plain(*part, key).value_or("") : "");
      }
    } else if (const auto word = scalars_.plain(item, "devices")) {
      std::string_view rest = *word;
      for (bool more = true; more;) {
        const std::size_t colon = rest.find(':');
        parts.emplace_back(rest.substr(0, colon));
        more = colon != std::string_view::npos;
        if (more) rest.remove_prefix(colon + 1);
      }
    } else {
      continue;
    }
    if (parts.size() > 3 || !parts[0].starts_with('/')) {
      reports_.error(item.span, "a device is `/dev/on-host:/dev/in-container:rwm`");
      continue;
    }
    Value one = make_record(item.span);
    add(one, "HostPath", make_text(item.span, parts[0]));
    if (parts.size() > 1 && !parts[1].empty()) add(one, "ContainerPath", make_text(item.span, parts[1]));
    if (parts.size() > 2 && !parts[2].empty()) {
      Value permissions = make_list(item.span);
      for (const char c : parts[2]) {
        const std::string_view word = c == 'r' ? "read" : c == 'w' ? "write" : c == 'm' ? "mknod" : "";
        if (word.empty()) {
          reports_.error(item.span, "the permissions of a device are `r`, `w` and `m`");
          continue;
        }
        permissions.items.push_back(make_word(item.span, std::string(word)));
      }
      add(one, "Permissions", std::move(permissions));
    }
    list.items.push_back(std::move(one));
  }
  if (!list.items.empty()) add(linux, "Devices", std::move(list));
}

void ServiceReader::tmpfs(Value& linux) {
  Value list = make_list(out_.span);
  const auto add_one = [&](const Node& node, std::string_view path, std::int64_t bytes, Value options) {
    if (!path.starts_with('/')) {
      reports_.error(node.span, fmt::format("`{}` is no absolute path in the container", path));
      return;
    }
    if (bytes <= 0) {
      reports_.error(node.span, "a `tmpfs` has a size on ECS").help(fmt::format("say it: `{}:size=64m`", path));
      return;
    }
    Value one = make_record(node.span);
    add(one, "ContainerPath", make_text(node.span, std::string(path)));
    add(one, "Size", make_int(node.span, in_mib(bytes)));
    if (!options.items.empty()) add(one, "MountOptions", std::move(options));
    list.items.push_back(std::move(one));
  };
  if (const Node* node = find("tmpfs")) {
    for (const Node* item : scalars_.one_or_many(*node, "tmpfs")) {
      const auto word = scalars_.plain(*item, "tmpfs");
      if (!word) continue;
      const std::size_t colon = word->find(':');
      std::string_view rest = colon == std::string::npos ? std::string_view{} : std::string_view(*word).substr(colon + 1);
      std::int64_t bytes = 0;
      Value options = make_list(item->span);
      while (!rest.empty()) {
        const std::string_view option = rest.substr(0, rest.find(','));
        rest.remove_prefix(std::min(rest.size(), option.size() + 1));
        if (option.starts_with("size=")) bytes = parse_bytes(option.substr(5)).value_or(0);
        else options.items.push_back(make_text(item->span, std::string(option)));
      }
      add_one(*item, std::string_view(*word).substr(0, colon), bytes, std::move(options));
    }
  }
  if (const Node* node = find("volumes"); node != nullptr && node->kind == yaml::Kind::List) {
    for (const Node& item : node->items) {
      const Node* type = item.find("type");
      const Node* target = item.find("target");
      if (type == nullptr || type->text != "tmpfs" || target == nullptr) continue;
      const Node* details = item.find("tmpfs");
      const Node* size = details != nullptr && details->kind == yaml::Kind::Map ? details->find("size") : nullptr;
      const auto bytes = size != nullptr ? scalars_.bytes(*size, "tmpfs.size") : std::nullopt;
      const auto path = scalars_.plain(*target, "target");
      if (path) add_one(item, *path, bytes.value_or(0), make_list(item.span));
    }
  }
  if (!list.items.empty()) add(linux, "Tmpfs", std::move(list));
}

void ServiceReader::gpus() {
  const Node* place = find("gpus");
  const Node* list = place;
  if (place == nullptr) list = place = find({"deploy", "resources", "reservations", "devices"});
  if (list == nullptr || is_null(*list)) return;
  std::int64_t count = 0;
  if (list->kind == yaml::Kind::Scalar) {
    const auto word = scalars_.plain(*list, "gpus");
    if (word && *word != "all") count = scalars_.integer(*list, "gpus", 1, 64).value_or(0);
  } else if (list->kind == yaml::Kind::List) {
    for (const Node& item : list->items) {
      const Node* capabilities = item.find("capabilities");
      const bool gpu = capabilities == nullptr || std::ranges::any_of(capabilities->items, [](const Node& c) { return c.text == "gpu"; });
      const Node* wanted = item.find("count");
      if (gpu && wanted != nullptr && wanted->text != "all") {
        count += scalars_.integer(*wanted, "count", 1, 64).value_or(0);
      }
    }
  }
  if (count == 0) {
    reports_.unsupported(place->span, "ECS reserves GPUs by their number").help("say how many: `gpus: 1`, or `count: 1` of the device");
    return;
  }
  Value one = make_record(place->span);
  add(one, "Type", make_word(place->span, "GPU"));
  add(one, "Value", make_text(place->span, fmt::format("{}", count)));
  Value items = make_list(place->span);
  items.items.push_back(std::move(one));
  add(out_, "accelerators", std::move(items));
}

void ServiceReader::stop_timeout() {
  const Node* node = find("stop_grace_period");
  if (node == nullptr || is_null(*node)) return;
  const auto duration = scalars_.duration(*node, "stop_grace_period");
  if (!duration) return;
  const std::int64_t seconds = (*duration + kSecond - 1) / kSecond;
  // https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html: 2 to 120 on Fargate
  constexpr std::int64_t kMost = 120;
  if (seconds > kMost) {
    reports_.changed(node->span, fmt::format("`stop_grace_period` is {} s here and {} s at most on Fargate", seconds, kMost))
        .help("hosts of one's own take more: say `stopTimeout` of the container in the stack");
  }
  add(out_, "stopTimeout", make_seconds(node->span, std::clamp<std::int64_t>(seconds, 2, kMost)));
}

}  // namespace stackc::compose
