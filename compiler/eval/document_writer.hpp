#pragma once

#include "compiler/eval/context.hpp"
#include "compiler/eval/target.hpp"
#include "compiler/schema/api.hpp"

namespace stackc::eval {

/// What the IR calls a hole: a `Ref` to this and its name.
constexpr std::string_view kHole = "hole:";
/// The name of the hole that `v` is; empty: it is none.
std::string_view hole_in(ir::ValueRef v);
/// What a value of the type is in JSON: `string`, `number`, `boolean`, `array`, `object`.
std::string_view json_type(Target type);

/// Values as a document has them: holes as `${NAME}`, keys as the API spells them, everything else known.
/// Reports what cannot be written, and goes on.
class DocumentWriter {
 public:
  /// `api`: that the document is for, or null. The names of holes are added to `holes`, as they come.
  DocumentWriter(Context& ctx, const Frame* frame, const schema::Api* api, std::vector<std::string_view>& holes)
      : ctx_(ctx), frame_(frame), api_(api), holes_(holes) {}

  /// `v`, which was coerced to `target`.
  ir::ValueRef write(Val v, Target target);

 private:
  ir::ValueRef write_record(const Record& record, Span origin, Target target);
  ir::ValueRef write_member(const Field& field, std::string_view nested, Target owner, Span origin);
  void report_missing(const std::vector<std::string_view>& seen, std::string_view nested, Target target, Span origin);
  ir::ValueRef write_held(ir::ValueRef document, Target target, Span origin);
  /// Constants that hold no values of the language any more.
  ir::ValueRef write_plain(ir::ValueRef v);
  void append_text(ir::ValueRef part, std::string& out);
  void place(std::string_view hole, std::string_view type, Span origin);
  void report_late(Span origin);

  Context& ctx_;
  const Frame* frame_;
  const schema::Api* api_;
  std::vector<std::string_view>& holes_;
};

}  // namespace stackc::eval
