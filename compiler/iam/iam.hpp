#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// What IAM knows of AWS's services: their actions, the resources that each can be limited to, and the keys of
/// conditions. Views over a read-only blob in the binary (stdlib/iam/*.actions, compiled at build time); nothing is
/// parsed or allocated at start. Names compare without case, as IAM compares them. Everything is valid as long as the
/// blob (for `Iam::aws()`: always).
namespace stackc::iam {

class Blob;  // the raw bytes; iam/blob.hpp

/// AWS's access levels of actions.
enum class Level : std::uint8_t { List, Read, Write, Tag, Permissions };

/// A type of resource by which a policy can limit actions.
class ResourceType {
 public:
  ResourceType() = default;
  ResourceType(const Blob* blob, std::uint32_t at) : blob_(blob), at_(at) {}
  [[nodiscard]] std::string_view name() const;  // `task-definition`
  /// The form of its ARN, `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`; several with commas between.
  [[nodiscard]] std::string_view arn() const;
  explicit operator bool() const { return blob_ != nullptr; }

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t at_ = 0;
};

class Action {
 public:
  Action() = default;
  Action(const Blob* blob, std::uint32_t service, std::uint32_t at) : blob_(blob), service_(service), at_(at) {}
  [[nodiscard]] std::string_view name() const;  // `SendMessage`
  [[nodiscard]] Level level() const;
  /// The types that a policy may limit it to.
  [[nodiscard]] std::size_t resource_count() const;
  [[nodiscard]] ResourceType resource(std::size_t i) const;
  /// It cannot be limited to resources: only `"*"` allows it.
  [[nodiscard]] bool takes_any_resource_only() const;
  explicit operator bool() const { return blob_ != nullptr; }

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t service_ = 0, at_ = 0;
};

class Service {
 public:
  Service() = default;
  Service(const Blob* blob, std::uint32_t at) : blob_(blob), at_(at) {}
  [[nodiscard]] std::string_view prefix() const;  // `sqs`
  [[nodiscard]] std::size_t size() const;         // of its actions
  [[nodiscard]] Action operator[](std::size_t i) const;
  /// By its exact name, in any case; a false view when there is none.
  [[nodiscard]] Action find(std::string_view name) const;
  /// Does `pattern`, in which `*` and `?` stand for any letters and any letter, name an action at least?
  [[nodiscard]] bool any_matches(std::string_view pattern) const;
  [[nodiscard]] std::vector<std::string_view> action_names() const;
  explicit operator bool() const { return blob_ != nullptr; }

 private:
  const Blob* blob_ = nullptr;
  std::uint32_t at_ = 0;
};

class Iam {
 public:
  explicit Iam(const Blob* blob) : blob_(blob) {}
  /// The data in the binary.
  static Iam aws();
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] Service operator[](std::size_t i) const;  // sorted by prefix
  [[nodiscard]] Service find(std::string_view prefix) const;
  [[nodiscard]] std::vector<std::string_view> prefixes() const;
  /// Is `prefix:` the start of any condition key known here? Keys of identity providers are not.
  [[nodiscard]] bool has_keys(std::string_view prefix) const;
  /// Is `key` (`aws:SourceArn`, `s3:prefix`) a condition key of AWS?
  [[nodiscard]] bool knows_key(std::string_view key) const;
  /// The keys that start with `prefix:`, with `*` for what their user chooses.
  [[nodiscard]] std::vector<std::string_view> keys_of(std::string_view prefix) const;

 private:
  const Blob* blob_;
};

/// Does `text` match `pattern`, in which `*` stands for any letters and `?` for one? Without case.
bool matches(std::string_view pattern, std::string_view text);

}  // namespace stackc::iam
