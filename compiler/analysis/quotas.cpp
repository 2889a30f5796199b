#include <algorithm>
#include <string>

#include "compiler/analysis/analysis.hpp"
#include "compiler/analysis/checks.hpp"
#include "compiler/base/text.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

constexpr std::size_t kMaxResources = 500;
constexpr std::size_t kMaxParameters = 200;
constexpr std::size_t kMaxOutputs = 200;
constexpr std::size_t kMaxMappings = 200;
constexpr std::size_t kMaxMappingAttributes = 200;
constexpr std::size_t kMaxMappingKey = 255;             // characters
constexpr std::size_t kMaxDynamicReferences = 60;
constexpr std::size_t kMaxDescription = 1024;           // bytes, of templates and outputs
constexpr std::size_t kMaxParameterDescription = 4000;  // characters
constexpr std::size_t kMaxParameterValue = 4096;        // bytes
constexpr std::size_t kMaxRequest = 51'200;             // bytes of a template in a request
constexpr std::size_t kMaxBody = 1'000'000;             // bytes, through a bucket
constexpr std::size_t kNearPercent = 80;

class QuotaChecker {
 public:
  QuotaChecker(const ir::Template& t, Sink& sink) : t_(t), sink_(sink) {}

  void run() {
    count_entries(t_.resources, "resources", kMaxResources);
    count_entries(t_.parameters, "parameters", kMaxParameters);
    count_entries(t_.outputs, "outputs", kMaxOutputs);
    count_entries(t_.mappings, "mappings", kMaxMappings);
    for (const ir::Mapping& m : t_.mappings) mapping(m);
    descriptions();
    dynamic_references();
    for (const ir::Resource& r : t_.resources) calls(r.properties);
    for (const ir::Output& o : t_.outputs) calls(o.value);
  }

 private:
  /// `what` is a name for messages, made when there is one.
  template <class What>
  void count(std::size_t seen, std::size_t limit, const What& what, Span origin) {
    if (seen > limit) {
      sink_.report(Code::QuotaExceeded, origin, fmt::format("{} {}, but CloudFormation accepts {}", seen, what(), limit));
    } else if (seen * 100 >= limit * kNearPercent) {
      sink_.report(Code::QuotaNear, origin,
                   fmt::format("{} {} of the {} that CloudFormation accepts", seen, what(), limit));
    }
  }

  /// The place is the first entry too many, or the last one.
  template <class Entries>
  void count_entries(const Entries& entries, std::string_view what, std::size_t limit) {
    if (entries.empty()) return;
    const std::size_t at = std::min(entries.size() - 1, limit);
    count(entries.size(), limit, [&] { return what; }, entries[at].origin);
  }

  template <class What>
  void length(std::string_view text, std::size_t limit, const What& what, Span origin) {
    if (text.size() <= limit) return;
    sink_.report(Code::QuotaExceeded, origin,
                 fmt::format("{} of {} bytes, but CloudFormation accepts {}", what(), text.size(), limit));
  }

  /// Text whose limit counts characters, not bytes.
  template <class What>
  void characters(std::string_view text, std::size_t limit, const What& what, Span origin) {
    if (text.size() <= limit) return;
    const auto seen = static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char ch) { return (static_cast<unsigned char>(ch) & 0xC0U) != 0x80U; }));
    if (seen <= limit) return;
    sink_.report(Code::QuotaExceeded, origin,
                 fmt::format("{} of {} characters, but CloudFormation accepts {}", what(), seen, limit));
  }

  void mapping_key(const ir::Mapping& m, const ir::Member& key) {
    characters(key.key, kMaxMappingKey, [&] { return fmt::format("a key in the mapping `{}`", m.id); },
               key.key_origin.valid() ? key.key_origin : m.origin);
  }

  void mapping(const ir::Mapping& m) {
    const auto* rows = m.value->get_if<ir::Object>();
    if (rows == nullptr) return;
    count(rows->members.size(), kMaxMappingAttributes, [&] { return fmt::format("keys in the mapping `{}`", m.id); },
          m.origin);
    for (const ir::Member& row : rows->members) {
      mapping_key(m, row);
      const auto* attributes = row.value->get_if<ir::Object>();
      if (attributes == nullptr) continue;
      count(attributes->members.size(), kMaxMappingAttributes,
            [&] { return fmt::format("attributes under `{}` in the mapping `{}`", row.key, m.id); }, m.origin);
      for (const ir::Member& attribute : attributes->members) mapping_key(m, attribute);
    }
  }

  void descriptions() {
    length(t_.description, kMaxDescription, [] { return "a description of the template"; }, Span{t_.file, 0, 0});
    for (const ir::Parameter& p : t_.parameters) {
      characters(p.description, kMaxParameterDescription,
                 [&] { return fmt::format("a description of the parameter `{}`", p.id); }, p.origin);
      const auto* value = p.default_value != nullptr ? p.default_value->get_if<std::string_view>() : nullptr;
      if (value != nullptr) {
        length(*value, kMaxParameterValue, [&] { return fmt::format("a default of the parameter `{}`", p.id); }, p.origin);
      }
    }
    for (const ir::Output& o : t_.outputs) {
      length(o.description, kMaxDescription, [&] { return fmt::format("a description of the output `{}`", o.id); }, o.origin);
    }
  }

  void dynamic_references() {
    std::size_t seen = 0;
    Span last;
    for (const ir::Resource& r : t_.resources) {
      const std::size_t before = seen;
      if (r.properties != nullptr) seen += dynamic_references_in(r.properties);
      if (seen != before && before <= kMaxDynamicReferences) last = r.origin;
    }
    if (seen > 0) count(seen, kMaxDynamicReferences, [] { return "dynamic references"; }, last);
  }

  static std::size_t dynamic_references_in(ValueRef v) {
    if ((v->holds & ir::kHoldsMark) == 0) return 0;
    std::size_t found = 0;
    if (const auto* text = v->get_if<std::string_view>()) {
      constexpr std::string_view kMark = "{{resolve:";
      for (auto at = text->find(kMark); at != std::string_view::npos; at = text->find(kMark, at + kMark.size())) ++found;
    } else if (const auto* list = v->get_if<ir::List>()) {
      for (ValueRef item : list->items) found += dynamic_references_in(item);
    } else if (const auto* object = v->get_if<ir::Object>()) {
      for (const ir::Member& m : object->members) found += dynamic_references_in(m.value);
    } else if (const auto* c = v->get_if<ir::Call>()) {
      for (ValueRef arg : c->args) found += dynamic_references_in(arg);
    }
    return found;
  }

  void calls(ValueRef v) {
    if (v == nullptr || (v->holds & ir::kHoldsCall) == 0) return;
    if (const auto* list = v->get_if<ir::List>()) {
      for (ValueRef item : list->items) calls(item);
    } else if (const auto* object = v->get_if<ir::Object>()) {
      for (const ir::Member& m : object->members) calls(m.value);
    } else if (const auto* c = v->get_if<ir::Call>()) {
      if (c->fn == ir::Fn::Cidr) cidr(*c);
      for (ValueRef arg : c->args) calls(arg);
    }
  }

  void cidr(const ir::Call& c) {
    if (c.args.size() > 1) range(c.args[1], 256, "the number of blocks that `cidr` makes");
    if (c.args.size() > 2) range(c.args[2], 128, "the number of host bits that `cidr` takes");
  }

  void range(ValueRef v, std::int64_t most, std::string_view what) {
    const auto* number = v->get_if<std::int64_t>();
    if (number == nullptr || (*number >= 1 && *number <= most)) return;
    sink_.report(Code::QuotaExceeded, v->origin, fmt::format("{} is {}, but CloudFormation accepts 1 to {}", what,
                                                             *number, most));
  }

  const ir::Template& t_;
  Sink& sink_;
};

}  // namespace

void check_quotas(const ir::Template& t, Sink& sink) { QuotaChecker(t, sink).run(); }

void check_body_size(const ir::Template& t, std::size_t bytes, Sink& sink) {
  const Span place = t.resources.empty() ? Span{t.file, 0, 0} : t.resources.back().origin;
  if (bytes > kMaxBody) {
    sink.report(Code::QuotaExceeded, place,
                fmt::format("a template of {} bytes, but CloudFormation accepts {}", bytes, kMaxBody))
        .help("split the stack: an `upstream` gives one stack the exports of another");
  } else if (bytes * 100 >= kMaxBody * kNearPercent) {
    sink.report(Code::QuotaNear, place,
                fmt::format("a template of {} bytes of the {} that CloudFormation accepts", bytes, kMaxBody));
  } else if (bytes > kMaxRequest) {
    sink.report(Code::LargeTemplate, place,
                fmt::format("a template of {} bytes, more than the {} that a request can carry", bytes, kMaxRequest))
        .help("deploy it through a bucket");
  }
}

}  // namespace stackc::analysis
