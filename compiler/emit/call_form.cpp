#include "compiler/emit/call_form.hpp"

namespace stackc::emit {

CallForm::CallForm(const ir::Call& call) : list_(call.args) {
  switch (call.fn) {
    case ir::Fn::Sub: form_sub(call); break;
    case ir::Fn::If: form_if(call); break;
    case ir::Fn::ForEach:
      if (call.args.size() == 1) bare_ = call.args[0];
      break;
    case ir::Fn::Ref:
    case ir::Fn::GetAZs:
    case ir::Fn::Base64:
    case ir::Fn::ImportValue:
    case ir::Fn::GetStackOutput:
    case ir::Fn::Transform:
    case ir::Fn::Condition:
    case ir::Fn::Length:
    case ir::Fn::ToJsonString:
    case ir::Fn::SubText:
    case ir::Fn::RefAll:
      if (call.args.size() == 1) argument_ = call.args[0];
      break;
    default: break;
  }
}

void CallForm::form_sub(const ir::Call& call) {
  const SubText& sub = sub_.emplace(sub_text(call.args));
  text_.data = std::string_view(sub.text);
  if (sub.variables.empty()) {
    argument_ = &text_;
    return;
  }
  variables_.data = ir::Object{sub.variables};
  sub_args_ = {&text_, &variables_};
  list_ = sub_args_;
}

void CallForm::form_if(const ir::Call& call) {
  if (call.args.size() != 3) return;
  const ir::Call* named = call.args[0]->call(ir::Fn::Condition);
  if (named == nullptr) return;
  if_args_ = {named->args[0], call.args[1], call.args[2]};
  list_ = if_args_;
}

}  // namespace stackc::emit
