#include "compiler/import/plain_builder.hpp"

#include <algorithm>
#include <unordered_map>

#include "compiler/base/text.hpp"

namespace stackc::cfn {

bool PlainBuilder::key(std::string_view text, Span at) {
  Frame& frame = frames_.back();
  frame.key = arena_.copy(text);
  frame.key_origin = at;
  frame.has_key = true;
  return add_weight({0, text.size()}, at);
}

bool PlainBuilder::scalar(ir::Value value) {
  const auto* text = value.get_if<std::string_view>();
  return this->value(arena_.make<ir::Value>(value), {1, text != nullptr ? text->size() : 0});
}

bool PlainBuilder::value(ir::ValueRef made, Weight weight) {
  if (frames_.empty()) {
    root_ = made;
    return true;
  }
  if (!add_weight(weight, made->origin)) return false;
  Frame& frame = frames_.back();
  if (frame.is_object) {
    frame.members.push_back({frame.key, made, frame.key_origin});
    frame.has_key = false;
  } else {
    frame.items.push_back(made);
  }
  return true;
}

bool PlainBuilder::merge(const ir::Object& object, Weight weight) {
  Frame& frame = frames_.back();
  frame.merged.insert(frame.merged.end(), object.members.begin(), object.members.end());
  frame.has_key = false;
  return add_weight(weight, frame.key_origin);
}

bool PlainBuilder::add_weight(Weight weight, Span at) {
  Frame& frame = frames_.back();
  frame.weight += weight;
  if (frame.weight.values <= kMaxValues && frame.weight.bytes <= kMaxBytes) return true;
  sink_
      .report(Code::TooManyValues, at,
              fmt::format("found more than {}, with every alias written out",
                          frame.weight.values > kMaxValues ? std::string("a million values")
                                                           : fmt::format("{} MiB of text", kMaxBytes >> 20)))
      .help("CloudFormation takes templates of at most 1,000,000 bytes");
  return false;
}

bool PlainBuilder::open_object(Span at) { return open(at, true); }
bool PlainBuilder::open_list(Span at) { return open(at, false); }

bool PlainBuilder::open(Span at, bool is_object) {
  if (frames_.size() >= kMaxDepth) {
    sink_.report(Code::NestingTooDeep, at,
                 fmt::format("found values inside each other more than {} deep, expected fewer", kMaxDepth));
    return false;
  }
  frames_.emplace_back();
  frames_.back().is_object = is_object;
  frames_.back().origin = at;
  return true;
}

void PlainBuilder::refuse_twice(Frame& frame) {
  std::unordered_map<std::string_view, Span> seen;
  const auto is_second = [&](const ir::Member& m) {
    const auto [first, is_new] = seen.try_emplace(m.key, m.key_origin);
    if (is_new) return false;
    if (++twice_ > kMostTwice) return true;
    sink_
        .report(Code::DuplicateKey, m.key_origin, fmt::format("the key `{}` is given twice", m.key),
                "the second")
        .label(first->second, "the first");
    return true;
  };
  const auto rest = std::remove_if(frame.members.begin(), frame.members.end(), is_second);
  frame.members.erase(rest, frame.members.end());
}

/// Its own members win, then those that were merged first.
void PlainBuilder::add_merged(Frame& frame) {
  std::unordered_map<std::string_view, bool> seen;
  for (const ir::Member& m : frame.members) seen.emplace(m.key, true);
  for (const ir::Member& m : frame.merged) {
    if (seen.emplace(m.key, true).second) frame.members.push_back(m);
  }
}

ir::ValueRef PlainBuilder::close(std::uint32_t end, Weight& weight) {
  Frame frame = std::move(frames_.back());
  frames_.pop_back();
  Span origin = frame.origin;
  origin.end = std::max(origin.begin, end);
  weight = frame.weight;
  if (!frame.is_object) return arena_.make<ir::Value>(ir::List{arena_.copy(frame.items)}, origin);
  if (frame.members.size() > 1) refuse_twice(frame);
  if (!frame.merged.empty()) add_merged(frame);
  return arena_.make<ir::Value>(ir::Object{arena_.copy(frame.members)}, origin);
}

bool PlainBuilder::close(std::uint32_t end) {
  Weight weight;
  ir::ValueRef made = close(end, weight);
  return value(made, weight);
}

}  // namespace stackc::cfn
