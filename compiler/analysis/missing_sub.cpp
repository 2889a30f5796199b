#include "compiler/analysis/context.hpp"
#include "compiler/base/text.hpp"
#include "compiler/ir/template_form.hpp"

namespace stackc::analysis {
namespace {

using ir::ValueRef;

/// Texts that look as if `Fn::Sub` should read them: `${X}` where X is something of this template.
class MissingSubs {
 public:
  explicit MissingSubs(const Context& c) : c_(c) {}

  void visit(ValueRef v) {
    if (v == nullptr) return;
    if (const auto* text = text_of(v)) {
      if (text->find("${") != std::string_view::npos) look(*v, *text);
    } else if (const ir::List* list = list_of(v)) {
      for (ValueRef item : list->items) visit(item);
    } else if (const ir::Object* object = object_of(v)) {
      for (const ir::Member& m : object->members) visit(m.value);
    } else if (const auto* made = v->get_if<ir::Call>()) {
      const bool sub = made->fn == ir::Fn::SubText || made->fn == ir::Fn::Sub;
      for (std::size_t i = sub ? 1 : 0; i < made->args.size(); ++i) visit(made->args[i]);
    }
  }

 private:
  void look(const ir::Value& v, std::string_view text) {
    for (const ir::SubPart& part : ir::sub_parts(text)) {
      if (!part.is_name || !is_ours(part.text)) continue;
      c_.sink.report(Code::MissingSub, place_in_text(v, part.offset, part.text.size()),
                     fmt::format("`${{{}}}` stands in text that `Fn::Sub` does not read", part.text));
      return;  // one finding for a text
    }
  }

  [[nodiscard]] bool is_ours(std::string_view name) const {
    if (name.starts_with("AWS::")) return true;
    const std::string_view id = name.substr(0, name.find('.'));
    return c_.parameter(id) != nullptr || c_.resource(id) != nullptr;
  }

  const Context& c_;
};

}  // namespace

void check_missing_sub(const Context& c) {
  if (c.macros.rewrite) return;
  MissingSubs subs(c);
  for (const ir::Resource& r : c.t.resources) {
    if (!is_aws_type(r.type) || r.type.starts_with("AWS::Serverless::")) continue;
    subs.visit(r.properties);
  }
}

}  // namespace stackc::analysis
