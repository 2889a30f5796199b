#include "compiler/eval/mappings.hpp"

#include <algorithm>

#include "compiler/base/text.hpp"
#include "compiler/eval/identity.hpp"
#include "compiler/eval/lower.hpp"
#include "compiler/eval/ops.hpp"

namespace stackc::eval {
namespace {

/// The second key of a map of one level.
constexpr std::string_view kOnlyKey = "Value";

bool has_rows(const Record& map) {
  return !map.fields.empty() && std::all_of(map.fields.begin(), map.fields.end(),
                                            [](const Field& f) { return f.value->is<Record>(); });
}

Val lookup(Context& ctx, const MapSource& map, ir::ValueRef first, ir::ValueRef second, bool list,
           Span span) {
  const ir::Builder b = ctx.ir.at(span);
  return ctx.values.make(Late{b.call(ir::Fn::FindInMap, {b.string(map.id), first, second}), list}, span);
}

/// The row under a late key, as a record of look-ups: of the fields that every row has.
Val late_row(Context& ctx, const Record& map, ir::ValueRef key, Span span) {
  std::vector<Field> fields;
  const auto* model = map.fields[0].value->get_if<Record>();
  for (const Field& f : model->fields) {
    const bool everywhere = std::all_of(map.fields.begin(), map.fields.end(), [&](const Field& row) {
      return row.value->get_if<Record>()->find(f.key) != nullptr;
    });
    if (!everywhere) continue;
    const ir::ValueRef second = ctx.ir.at(span).string(f.key);
    fields.push_back({f.key, lookup(ctx, *map.part->map, key, second, f.value->is<List>(), span)});
  }
  const auto* part = ctx.arena.make<MapPart>(MapPart{map.part->map, {}, key});
  return ctx.values.make(Record{ctx.values.keep(fields), false, part}, span);
}

}  // namespace

bool is_whole_map(const Record& record) {
  return record.part != nullptr && record.part->row.empty() && record.part->late_row == nullptr;
}

Val with_map_source(Context& ctx, Val v, std::string_view id, Span origin) {
  const auto* record = v->get_if<Record>();
  if (record == nullptr || record->family || record->part != nullptr || record->fields.empty() || !is_const(v))
    return v;
  MapSource& source = ctx.maps.emplace_back(MapSource{id, origin, v, false});
  Record named = *record;
  named.part = ctx.arena.make<MapPart>(MapPart{&source, {}});
  return ctx.values.make(named, v->origin);
}

Val row_of(Context& ctx, const Record& record, std::string_view key, Val v) {
  const auto* row = v->get_if<Record>();
  if (row == nullptr || !is_whole_map(record)) return v;
  Record named = *row;
  named.part = ctx.arena.make<MapPart>(MapPart{record.part->map, ctx.values.keep(key)});
  return ctx.values.make(named, v->origin);
}

Val find_in_map(Context& ctx, const Env& env, const Record& record, Val key, Span span) {
  if (record.part == nullptr || record.part->map->id.empty()) {
    Diagnostic& d = report(ctx, env.frame, Code::AnonymousMap, span,
                           "a map that a late key asks becomes a mapping, and this one has no name");
    d.help("name it with `let`, or declare it with `mapping`");
    return ctx.values.invalid(span);
  }
  MapSource& source = *record.part->map;
  emit_mapping(ctx, env.frame, source);
  const ir::ValueRef late = lower(ctx, key);
  const ir::Builder b = ctx.ir.at(span);
  const bool list = !record.fields.empty() && record.fields[0].value->is<List>();
  if (record.part->late_row != nullptr) return lookup(ctx, source, record.part->late_row, late, list, span);
  if (!record.part->row.empty()) return lookup(ctx, source, b.string(record.part->row), late, list, span);
  if (has_rows(record)) return late_row(ctx, record, late, span);
  return lookup(ctx, source, late, b.string(kOnlyKey), list, span);
}

void emit_mapping(Context& ctx, const Frame* frame, MapSource& source) {
  if (source.emitted) return;
  source.emitted = true;
  const auto* map = source.value->get_if<Record>();
  const bool rows = has_rows(*map);
  const ir::Builder b = ctx.ir.at(source.origin);
  std::vector<ir::Member> members;
  for (const Field& f : map->fields) {
    const ir::ValueRef row = lower(ctx, f.value);
    members.push_back({f.key, rows ? row : ctx.ir.at(f.value->origin).object({{kOnlyKey, row}})});
  }
  const ir::ValueRef value = b.object(members);
  for (const ir::Mapping& known : ctx.tmpl.mappings) {
    if (known.id == source.id && ir::equal(known.value, value)) return;
  }
  if (!claim(ctx, ctx.mapping_ids, source.id, frame, source.origin, "mapping")) return;
  ctx.tmpl.mappings.push_back({keep(ctx, source.id), value, source.origin});
}

}  // namespace stackc::eval
