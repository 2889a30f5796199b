#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/modules/compose_files.hpp"

namespace stackc::compose {

/// Turns one service into the fields of a `Container`, subject by subject.
class ServiceReader {
 public:
  /// `project`: to ask other services; `chosen`: those that the task has.
  ServiceReader(Files& files, Scalars& scalars, const Project& project, const std::vector<std::string>& chosen,
                const Wanted& wanted)
      : files_(files), scalars_(scalars), reports_(scalars.reports()), project_(project), chosen_(chosen), wanted_(wanted) {}

  Value read(const ServiceNode& service);

 private:
  using Node = yaml::Node;

  void check_service_keys();
  void check_name();

  // compose_service.cpp: what runs
  void image();
  void words(std::string_view key, std::string name);
  void environment();
  void env_files(std::vector<Scalars::Pair>& into);
  [[nodiscard]] std::string_view secret_in(const Text& text) const;
  void add_variable(Scalars::Pair pair, Value& environment, Value& secrets);
  void simple_fields();
  void deploy();
  void logging();

  // compose_limits.cpp: memory, CPU, the kernel
  void memory();
  void cpu();
  void ulimits();
  void sysctls();
  void linux_parameters();
  void devices(Value& linux);
  void tmpfs(Value& linux);
  void gpus();
  void stop_timeout();

  // compose_relations.cpp: other services, health
  void health();
  void health_duration(const Node& node, std::string_view key, std::string name, std::int64_t low, std::int64_t high, Value& into);
  void depends_on();
  void add_dependency(const Node& place, const std::string& other, const Node* details, Value& into);
  [[nodiscard]] bool must_end_first(std::string_view name) const;
  void links();
  void volumes_from();

  // compose_network.cpp: ports, names, volumes
  void ports();
  void port(const Node& node, Value& into);
  void long_port(const Node& node, Value& into);
  void add_ports(const Node& node, const PortRange& range, std::string_view name, std::string_view speaks, Value& into);
  void network_modes();
  void networks();
  void extra_hosts();
  void text_list(std::string_view key, std::string name);
  void volumes();
  void volume(const Node& node, Value& mounts);
  void long_volume(const Node& node, Value& mounts);
  void add_mount(const Node& node, const Mount& mount, bool is_volume, Value& mounts);
  void secrets();

  [[nodiscard]] const Node* find(std::string_view key) const { return body_->find(key); }
  /// The value of a key that stands below others: `deploy.resources.limits.memory`.
  [[nodiscard]] const Node* find(std::initializer_list<std::string_view> path) const;
  [[nodiscard]] const ServiceNode* other(std::string_view name) const;
  [[nodiscard]] bool is_chosen(std::string_view name) const;
  void text_field(std::string_view key, std::string name);
  void bool_field(std::string_view key, std::string name);

  Files& files_;
  Scalars& scalars_;
  Reports& reports_;
  const Project& project_;
  const std::vector<std::string>& chosen_;
  const Wanted& wanted_;
  const ServiceNode* service_ = nullptr;
  const Node* body_ = nullptr;
  std::string name_;
  Value out_;
};

}  // namespace stackc::compose
