#pragma once

#include <array>
#include <optional>
#include <span>

#include "compiler/emit/sub_text.hpp"
#include "compiler/ir/ir.hpp"

namespace stackc::emit {

/// How one intrinsic function stands in a template: `{"key": argument}`, `{"key": [list …]}`, or a
/// value without a key. Exactly one of the three is set. Lives no longer than the call it is of.
class CallForm {
 public:
  explicit CallForm(const ir::Call& call);
  CallForm(const CallForm&) = delete;
  CallForm& operator=(const CallForm&) = delete;

  [[nodiscard]] ir::ValueRef bare() const { return bare_; }
  [[nodiscard]] ir::ValueRef argument() const { return argument_; }
  [[nodiscard]] std::span<const ir::ValueRef> list() const { return list_; }

 private:
  void form_sub(const ir::Call& call);
  void form_if(const ir::Call& call);

  ir::ValueRef bare_ = nullptr;
  ir::ValueRef argument_ = nullptr;
  std::span<const ir::ValueRef> list_;
  std::array<ir::ValueRef, 3> if_args_{};
  // A Sub's text and variables are made here, for as long as they are being written.
  std::optional<SubText> sub_;
  ir::Value text_{};
  ir::Value variables_{};
  std::array<ir::ValueRef, 2> sub_args_{};
};

}  // namespace stackc::emit
