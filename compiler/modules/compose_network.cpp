// Ports, names in the network, volumes.

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/modules/compose_service.hpp"

namespace stackc::compose {

// ---------------------------------------------------------------- ports

void ServiceReader::ports() {
  const Node* node = find("ports");
  if (node == nullptr || !scalars_.is_list(*node, "ports")) return;
  Value list = make_list(node->span);
  for (const Node& item : node->items) {
    if (item.kind == yaml::Kind::Map) long_port(item, list);
    else port(item, list);
  }
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html
  constexpr std::size_t kMost = 100;
  if (list.items.size() > kMost) {
    reports_.unsupported(node->span, fmt::format("a container of ECS has {} ports at most, this has {}", kMost, list.items.size()));
    return;
  }
  if (!list.items.empty()) add(out_, "ports", std::move(list));
}

void ServiceReader::port(const Node& node, Value& into) {
  const auto text = scalars_.text(node, "ports");
  if (!text) return;
  std::string reason;
  const auto range = parse_port(*text, reason);
  if (!range) {
    reports_.error(node.span, fmt::format("`{}` cannot be read as ports: {}", node.text, reason));
    return;
  }
  add_ports(node, *range, {}, {}, into);
}

void ServiceReader::long_port(const Node& node, Value& into) {
  scalars_.check_keys(node, "`ports`", {"target", "published", "host_ip", "protocol", "mode", "name", "app_protocol"});
  const Node* target = node.find("target");
  if (target == nullptr) {
    reports_.error(node.span, "a port has a `target`, the port of the container");
    return;
  }
  PortRange range;
  const auto first = scalars_.integer(*target, "target", 1, 65535);
  if (!first) return;
  range.first = range.last = *first;
  if (const Node* published = node.find("published"); published != nullptr && !is_null(*published)) {
    // Where it is published may be left to the shell, and a range lets Docker choose.
    const auto text = scalars_.text(*published, "published");
    std::string missing;
    const auto word = text ? resolved(*text, missing) : std::nullopt;
    if (word && word->find('-') == std::string::npos) range.published = scalars_.integer(*published, "published", 1, 65535).value_or(0);
  }
  if (const Node* protocol = node.find("protocol")) range.protocol = scalars_.plain(*protocol, "protocol").value_or("tcp");
  const Node* name = node.find("name");
  const Node* speaks = node.find("app_protocol");
  const auto port_name = name != nullptr ? scalars_.plain(*name, "name") : std::nullopt;
  const auto spoken = speaks != nullptr ? scalars_.plain(*speaks, "app_protocol") : std::nullopt;
  if (spoken && *spoken != "http" && *spoken != "http2" && *spoken != "grpc") {
    reports_.changed(speaks->span, fmt::format("`app_protocol: {}` is left out: ECS knows `http`, `http2` and `grpc`", *spoken));
    add_ports(node, range, port_name.value_or(""), {}, into);
    return;
  }
  add_ports(node, range, port_name.value_or(""), spoken.value_or(""), into);
}

void ServiceReader::add_ports(const Node& node, const PortRange& range, std::string_view name, std::string_view speaks,
                              Value& into) {
  if (range.protocol != "tcp" && range.protocol != "udp") {
    reports_.unsupported(node.span, fmt::format("ECS has ports of `tcp` and `udp`, not of `{}`", range.protocol));
    return;
  }
  constexpr std::int64_t kMostInOne = 200;  // more than a container may have
  for (std::int64_t p = range.first; p <= std::min(range.last, range.first + kMostInOne); ++p) {
    const bool known = std::ranges::any_of(into.items, [&](const Value& v) {
      const Value* protocol = v.find("protocol");
      const std::string_view other = protocol == nullptr ? std::string_view("tcp") : std::string_view(protocol->text[0].text);
      return v.find("port")->number == p && other == range.protocol;
    });
    if (known) continue;
    Value one = make_record(node.span);
    add(one, "port", make_int(node.span, p));
    if (range.published > 0) add(one, "published", make_int(node.span, range.published + p - range.first));
    if (range.protocol != "tcp") add(one, "protocol", make_word(node.span, range.protocol));
    if (!name.empty()) add(one, "name", make_text(node.span, std::string(name)));
    if (!speaks.empty()) add(one, "speaks", make_word(node.span, std::string(speaks)));
    into.items.push_back(std::move(one));
  }
}

// ---------------------------------------------------------------- the network

void ServiceReader::network_modes() {
  if (const Node* mode = find("network_mode"); mode != nullptr && !is_null(*mode)) {
    const auto word = scalars_.plain(*mode, "network_mode");
    if (word && *word == "none") {
      add(out_, "offline", make_bool(mode->span, true));
    } else if (word && *word != "bridge" && *word != "default") {
      reports_.unsupported(mode->span, fmt::format("`network_mode: {}` cannot be had for one container: the mode is the task's", *word))
          .help("say `network` of the task in the stack: with `awsvpc` and `host` its containers share one address");
    }
  }
  for (const auto& [key, field] : {std::pair{"ipc", "IpcMode"}, std::pair{"pid", "PidMode"}}) {
    const Node* mode = find(key);
    if (mode == nullptr || is_null(*mode)) continue;
    const auto word = scalars_.plain(*mode, key);
    if (!word || *word == "private" || word->empty()) continue;
    reports_.unsupported(mode->span, fmt::format("`{}: {}` cannot be had for one container: it is the task's", key, *word))
        .help(fmt::format("say `with {{ Task {{ {}: … }} }}` in the stack", field));
  }
}

void ServiceReader::networks() {
  const Node* node = find("networks");
  if (node == nullptr || is_null(*node)) return;
  const auto key = std::ranges::find_if(body_->pairs, [](const yaml::Pair& p) { return p.first.text == "networks"; });
  reports_.ignored(key->first.span, "networks");
  if (node->kind != yaml::Kind::Map) return;
  for (const auto& [name, details] : node->pairs) {
    const Node* aliases = details.kind == yaml::Kind::Map ? details.find("aliases") : nullptr;
    if (aliases == nullptr || aliases->items.empty()) continue;
    reports_.unsupported(aliases->span, fmt::format("a container has no further names in a network of ECS: `{}`", aliases->items[0].text))
        .help("`links: [service:alias]` gives one in network mode `bridge`; services find each other by Service Connect");
  }
}

void ServiceReader::extra_hosts() {
  const Node* node = find("extra_hosts");
  if (node == nullptr) return;
  Value list = make_list(node->span);
  const auto add_host = [&](const Node& place, std::string_view host, std::string_view address) {
    if (host.empty() || address.empty()) {
      reports_.error(place.span, "an extra host is `name:address`");
      return;
    }
    if (address == "host-gateway") {
      reports_.unsupported(place.span, "`host-gateway` is not known on ECS, it takes addresses");
      return;
    }
    if (address.starts_with('[') && address.ends_with(']')) address = address.substr(1, address.size() - 2);
    Value one = make_record(place.span);
    add(one, "Hostname", make_text(place.span, std::string(host)));
    add(one, "IpAddress", make_text(place.span, std::string(address)));
    list.items.push_back(std::move(one));
  };
  if (node->kind == yaml::Kind::Map) {
    for (const auto& [host, value] : node->pairs) {
      for (const Node* one : scalars_.one_or_many(value, "extra_hosts")) {
        if (const auto address = scalars_.plain(*one, "extra_hosts")) add_host(*one, host.text, *address);
      }
    }
  } else {
    for (const Node* item : scalars_.one_or_many(*node, "extra_hosts")) {
      const auto word = scalars_.plain(*item, "extra_hosts");
      if (!word) continue;
      const std::size_t at = word->find_first_of("=:");
      add_host(*item, word->substr(0, at), at == std::string::npos ? std::string() : word->substr(at + 1));
    }
  }
  if (!list.items.empty()) add(out_, "extraHosts", std::move(list));
}

// ---------------------------------------------------------------- volumes

void ServiceReader::volumes() {
  const Node* node = find("volumes");
  if (node == nullptr || !scalars_.is_list(*node, "volumes")) return;
  Value mounts = make_list(node->span);
  for (const Node& item : node->items) {
    if (item.kind == yaml::Kind::Map) long_volume(item, mounts);
    else volume(item, mounts);
  }
  if (!mounts.items.empty()) add(out_, "mounts", std::move(mounts));
}

void ServiceReader::volume(const Node& node, Value& mounts) {
  const auto text = scalars_.text(node, "volumes");
  if (!text) return;
  std::string reason;
  const auto mount = parse_mount(*text, reason);
  if (!mount) {
    reports_.error(node.span, fmt::format("`{}` cannot be read as a volume: {}", node.text, reason));
    return;
  }
  const bool path = mount->source.starts_with('/') || mount->source.starts_with('.') || mount->source.starts_with('~');
  add_mount(node, *mount, !path && !mount->variable_source, mounts);
}

void ServiceReader::long_volume(const Node& node, Value& mounts) {
  scalars_.check_keys(node, "`volumes`", {"type", "source", "target", "read_only", "bind", "volume", "tmpfs", "image", "consistency"});
  const Node* type = node.find("type");
  const Node* target = node.find("target");
  const auto kind = type != nullptr ? scalars_.plain(*type, "type") : std::nullopt;
  const auto path = target != nullptr ? scalars_.plain(*target, "target") : std::nullopt;
  if (!kind || !path) {
    reports_.error(node.span, "a volume has a `type` and a `target`");
    return;
  }
  if (*kind == "tmpfs") return;  // one of the Linux parameters
  if (*kind != "volume" && *kind != "bind") {
    reports_.unsupported(type->span, fmt::format("ECS has no volumes of type `{}`", *kind));
    return;
  }
  Mount mount;
  mount.path = *path;
  if (const Node* source = node.find("source"); source != nullptr && !is_null(*source)) {
    std::string missing;
    const auto text = scalars_.text(*source, "source");
    const auto word = text ? resolved(*text, missing) : std::nullopt;
    mount.variable_source = text && !word;
    mount.source = word.value_or("");
  }
  if (const Node* read_only = node.find("read_only")) mount.read_only = scalars_.truth(*read_only, "read_only").value_or(false);
  if (!mount.path.starts_with('/')) {
    reports_.error(target->span, fmt::format("`{}` is no absolute path in the container", mount.path));
    return;
  }
  if (const Node* details = node.find("volume"); details != nullptr && details->find("subpath") != nullptr) {
    reports_.unsupported(details->find("subpath")->span, "a mount of ECS shows a whole volume, not a `subpath`")
        .help("an access point of EFS is a part of a file system");
    return;
  }
  add_mount(node, mount, *kind == "volume", mounts);
}

void ServiceReader::add_mount(const Node& node, const Mount& mount, bool is_volume, Value& mounts) {
  std::string name = mount.source;
  std::string folder;
  if (!is_volume) {
    if (!mount.source.starts_with('/')) {
      reports_.unsupported(node.span, mount.variable_source ? "a folder that the shell names cannot be mounted on ECS"
                                                            : fmt::format("`{}` is a folder beside the Compose file, which ECS does not have", mount.source))
          .help("copy it into the image, or make it a volume; where it serves development only, put it into another Compose file");
      return;
    }
    folder = mount.source;
    name = mount.source;
  } else if (name.empty()) {
    name = fmt::format("{}{}", name_, mount.path);  // an anonymous volume lives as long as the task
  }
  std::string volume;
  for (const char c : name) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    if (good) volume += c;
    else if (!volume.empty() && volume.back() != '-') volume += '-';
  }
  while (volume.ends_with('-')) volume.pop_back();
  const bool declared = std::ranges::find(project_.volumes, name) != project_.volumes.end();
  if (is_volume && !mount.source.empty() && !declared) {
    reports_.error(node.span, fmt::format("there is no volume `{}`", mount.source))
        .help("name it at the top of the file: `volumes:`");
    return;
  }
  Value one = make_record(node.span);
  add(one, "volume", make_text(node.span, volume.empty() ? std::string("root") : volume));
  add(one, "path", make_text(node.span, mount.path));
  if (mount.read_only) add(one, "readOnly", make_bool(node.span, true));
  if (!folder.empty()) add(one, "hostPath", make_text(node.span, folder));
  if (is_volume && mount.source.empty()) add(one, "scratch", make_bool(node.span, true));
  mounts.items.push_back(std::move(one));
}

}  // namespace stackc::compose
