// Differences of other people's templates: none between a template and itself; what is changed on purpose is
// found and asks what the types say; versions of one template compare the same way in both directions.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <map>

#include "compiler/base/text.hpp"
#include "compiler/diff/diff.hpp"
#include "tests/corpus/corpus.hpp"

namespace stackc::tests {
namespace {

using diff::Action;
using diff::PropertyChange;
using diff::ResourceChange;
using diff::StackDiff;
using schema::Replacement;

const schema::Schema kAws = schema::Schema::aws();

std::string shown(const StackDiff& d) {
  std::string out;
  for (const ResourceChange& r : d.resources) {
    out += fmt::format("{} {}:", diff::name_of(r.action), r.id);
    for (const PropertyChange& p : r.properties) out += fmt::format(" {}", p.path);
    out += '\n';
  }
  for (const auto& e : d.entries) out += fmt::format("{} {} {}\n", e.section, e.id, e.path);
  return out;
}

TEST(CorpusDiff, OfATemplateAndItselfIsEmpty) {
  if (corpus().empty()) GTEST_SKIP();
  std::size_t compared = 0;
  for (const CorpusFile& file : corpus()) {
    const auto a = tests::read(file), b = tests::read(file);
    if (a->tmpl == nullptr) continue;
    ++compared;
    const StackDiff d = diff::compare({.tmpl = a->tmpl.get()}, {.tmpl = b->tmpl.get()}, kAws);
    EXPECT_TRUE(d.empty() && d.dangers.empty()) << file.path << '\n' << shown(d);
  }
  EXPECT_GT(compared, 500U);
}

/// What happens to one property of every resource.
enum class Mutation : std::uint8_t { Changed, Dropped, Added, Reordered };

/// A copy of a template; it points into the original.
struct Mutant {
  ir::Template tmpl;
  std::map<std::string_view, std::string_view> touched;  // resource -> property
};

ir::ValueRef changed(const ir::Builder& b, ir::ValueRef v) {
  if (v->get_if<std::string_view>() != nullptr) return b.string("something else");
  if (const auto* n = v->get_if<std::int64_t>()) return b.integer(*n + 1);
  if (const auto* t = v->get_if<bool>()) return b.boolean(!*t);
  if (const auto* list = v->get_if<ir::List>(); list != nullptr && !list->items.empty()) {
    std::vector<ir::ValueRef> items(list->items.begin(), list->items.end());
    items.back() = changed(b, items.back());
    return b.list(items);
  }
  if (const auto* object = v->get_if<ir::Object>(); object != nullptr && !object->members.empty()) {
    std::vector<ir::Member> members(object->members.begin(), object->members.end());
    members.back().value = changed(b, members.back().value);
    return b.object(members);
  }
  return b.call(ir::Fn::ImportValue, {b.string("mutation")});
}

void copy(const ir::Template& from, ir::Template& to) {
  to.stack_name = from.stack_name;
  to.description = from.description;
  to.metadata = from.metadata;
  to.parameters = from.parameters;
  to.rules = from.rules;
  to.mappings = from.mappings;
  to.conditions = from.conditions;
  to.transforms = from.transforms;
  to.resources = from.resources;
  to.outputs = from.outputs;
  to.raw_entries = from.raw_entries;
  to.raw = from.raw;
}

/// The `round`-th property of every resource; false when no resource has so many.
bool mutate(Mutant& mutant, Mutation how, std::size_t round) {
  const ir::Builder b(mutant.tmpl.arena);
  for (ir::Resource& r : mutant.tmpl.resources) {
    const auto* object = r.properties != nullptr ? r.properties->get_if<ir::Object>() : nullptr;
    if (object == nullptr || round >= object->members.size()) continue;
    std::vector<ir::Member> members(object->members.begin(), object->members.end());
    ir::Member& m = members[round];
    if (how == Mutation::Changed) m.value = changed(b, m.value);
    if (how == Mutation::Reordered) {
      const auto* list = m.value->get_if<ir::List>();
      if (list == nullptr || list->items.size() < 2) continue;
      std::vector<ir::ValueRef> items(list->items.rbegin(), list->items.rend());
      m.value = b.list(items);
    }
    mutant.touched.emplace(r.id, m.key);
    if (how == Mutation::Dropped) members.erase(members.begin() + static_cast<std::ptrdiff_t>(round));
    r.properties = b.object(members);
  }
  return !mutant.touched.empty();
}

Replacement demanded(const ResourceChange& change, std::string_view property, bool& found) {
  Replacement most = Replacement::No;
  for (const PropertyChange& p : change.properties) {
    const bool own =
        p.chain.empty() && (p.path == property || p.path.starts_with(fmt::format("{}.", property)) ||
                            p.path.starts_with(fmt::format("{}[", property)));
    if (!own) continue;
    found = true;
    if (p.replacement == Replacement::Yes || most == Replacement::No) most = p.replacement;
  }
  return most;
}

/// Compares one way and back: what is created one way is deleted the other, and so on.
void check_reversed(const StackDiff& there, const StackDiff& back, const std::string& path) {
  EXPECT_EQ(there.totals.create, back.totals.remove) << path;
  EXPECT_EQ(there.totals.remove, back.totals.create) << path;
  EXPECT_EQ(there.totals.move, back.totals.move) << path;
  std::map<std::string_view, Action> actions;
  for (const ResourceChange& r : there.resources)
    actions.emplace(r.old_id.empty() ? r.id : r.old_id, r.action);
  for (const ResourceChange& r : back.resources) {
    if (r.action == Action::Create || r.action == Action::Delete) continue;
    EXPECT_TRUE(actions.contains(r.id)) << path << ": " << r.id << " differs only backwards";
  }
}

void try_mutations(const CorpusFile& file, const ir::Template& t, Mutation how, std::size_t& properties) {
  for (std::size_t round = 0;; ++round) {
    Mutant mutant;
    copy(t, mutant.tmpl);
    if (!mutate(mutant, how, round)) break;
    const diff::Side old{.tmpl = &t}, now{.tmpl = &mutant.tmpl};
    const bool added = how == Mutation::Added;
    if (added) {  // what is dropped the other way round
      for (ir::Resource& r : mutant.tmpl.resources) {
        const auto touched = mutant.touched.find(r.id);
        if (touched == mutant.touched.end()) continue;
        std::vector<ir::Member> members;
        for (const ir::Member& m : r.properties->get_if<ir::Object>()->members) {
          if (m.key != touched->second) members.push_back(m);
        }
        r.properties = ir::Builder(mutant.tmpl.arena).object(members);
      }
    }
    const StackDiff d = added ? diff::compare(now, old, kAws) : diff::compare(old, now, kAws);
    const StackDiff back = added ? diff::compare(old, now, kAws) : diff::compare(now, old, kAws);
    check_reversed(d, back, file.path);
    for (const ResourceChange& r : d.resources) {
      const auto touched = mutant.touched.find(r.id);
      if (touched == mutant.touched.end()) continue;
      const schema::ResourceType type = kAws.find(r.type);
      const schema::Property property = type ? type.properties().find(touched->second) : schema::Property{};
      bool found = false;
      const Replacement said = demanded(r, touched->second, found);
      if (!found || !property || property.replacement() != Replacement::Yes) continue;
      ++properties;
      // Below a condition that nobody knows a replacement is one that may be.
      EXPECT_NE(said, Replacement::No) << file.path << ": " << r.id << "." << touched->second;
      EXPECT_TRUE(r.action == Action::Replace || r.action == Action::MayReplace) << file.path << ": " << r.id;
    }
  }
}

TEST(CorpusDiff, WhatIsChangedOnPurposeAsksWhatTheTypesSay) {
  if (corpus().empty()) GTEST_SKIP();
  std::map<Mutation, std::size_t> properties;
  for (const CorpusFile& file : corpus()) {
    const auto read = tests::read(file);
    if (read->tmpl == nullptr || read->tmpl->resources.empty()) continue;
    for (const Mutation how : {Mutation::Changed, Mutation::Dropped, Mutation::Added, Mutation::Reordered}) {
      try_mutations(file, *read->tmpl, how, properties[how]);
    }
  }
  EXPECT_GT(properties[Mutation::Changed], 1000U);
  EXPECT_GT(properties[Mutation::Dropped], 1000U);
  EXPECT_GT(properties[Mutation::Added], 1000U);
}

TEST(CorpusDiff, VersionsCompareInBothDirections) {
  if (corpus().empty()) GTEST_SKIP();
  std::map<std::string, std::vector<const CorpusFile*>> by_name;
  for (const CorpusFile& file : corpus())
    by_name[std::filesystem::path(file.path).stem().string()].push_back(&file);
  std::size_t pairs = 0;
  for (const auto& [name, files] : by_name) {
    for (std::size_t i = 0; i + 1 < files.size(); ++i) {
      const auto a = tests::read(*files[i]), b = tests::read(*files[i + 1]);
      if (a->tmpl == nullptr || b->tmpl == nullptr) continue;
      ++pairs;
      const diff::Side old{.tmpl = a->tmpl.get()}, now{.tmpl = b->tmpl.get()};
      check_reversed(diff::compare(old, now, kAws), diff::compare(now, old, kAws), files[i]->path);
    }
  }
  EXPECT_GT(pairs, 50U);
}

}  // namespace
}  // namespace stackc::tests
