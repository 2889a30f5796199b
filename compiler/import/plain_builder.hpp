#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/base/arena.hpp"
#include "compiler/diag/diagnostic.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::cfn {

/// How large a value is when every alias in it is written out.
struct Weight {
  std::uint64_t values = 1;
  std::uint64_t bytes = 0;  // of texts

  Weight& operator+=(Weight other) {
    values += other.values;
    bytes += other.bytes;
    return *this;
  }
};

/// Puts together a document out of the events of a reader. The reader ends when a call returns false:
/// what was wrong is reported by then.
class PlainBuilder {
 public:
  /// Deeper than any template that people write, shallow enough for every later walk.
  static constexpr std::size_t kMaxDepth = 200;
  /// CloudFormation takes templates of a megabyte.
  static constexpr std::uint64_t kMaxValues = 1'000'000;
  static constexpr std::uint64_t kMaxBytes = 64ULL << 20;

  /// As many keys that are given twice are reported.
  static constexpr std::size_t kMostTwice = 50;

  PlainBuilder(Arena& arena, FileId file, Sink& sink) : arena_(arena), file_(file), sink_(sink) {}

  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const {
    return {file_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }

  /// A key of the object at hand.
  bool key(std::string_view text, Span at);
  /// A value without parts, at its place in what is open.
  bool scalar(ir::Value value);
  /// A value that is made already and that stands for `weight` values.
  bool value(ir::ValueRef made, Weight weight);
  /// The members of `object` that the object at hand does not give itself (YAML's `<<`).
  bool merge(const ir::Object& object, Weight weight);

  bool open_object(Span at);
  bool open_list(Span at);
  /// Ends what is open; its place then reaches from the one that it was opened with to `end`. A member that
  /// is given twice is an error, the rest is read on. Places the result like `value` unless it is taken.
  ir::ValueRef close(std::uint32_t end, Weight& weight);
  bool close(std::uint32_t end);

  [[nodiscard]] std::size_t depth() const { return frames_.size(); }
  [[nodiscard]] bool in_object() const { return !frames_.empty() && frames_.back().is_object; }
  /// Is a key the next thing that the object at hand needs?
  [[nodiscard]] bool wants_key() const { return in_object() && !frames_.back().has_key; }
  [[nodiscard]] Span last_key() const { return frames_.empty() ? Span{} : frames_.back().key_origin; }
  [[nodiscard]] ir::ValueRef root() const { return root_; }

  ir::Value text(std::string_view text, Span at) { return {arena_.copy(text), at}; }
  Arena& arena() { return arena_; }
  Sink& sink() { return sink_; }

 private:
  struct Frame {
    bool is_object = false;
    bool has_key = false;
    Span origin;
    std::string_view key;
    Span key_origin;
    std::vector<ir::Member> members;
    std::vector<ir::Member> merged;  // those of `<<`, in the order of their right
    std::vector<ir::ValueRef> items;
    Weight weight;
  };

  bool open(Span at, bool is_object);
  bool add_weight(Weight weight, Span at);
  void refuse_twice(Frame& frame);
  static void add_merged(Frame& frame);

  Arena& arena_;
  FileId file_;
  Sink& sink_;
  std::vector<Frame> frames_;
  std::size_t twice_ = 0;  // keys that were given twice
  ir::ValueRef root_ = nullptr;
};

}  // namespace stackc::cfn
