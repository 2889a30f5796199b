#include "compiler/snapshot/workspace.hpp"

#include "compiler/snapshot/snapshot.hpp"

namespace stackc {

Compilation* Workspace::take() {
  if (state_ == State::New) {
    compilation_ = take_snapshot();
    if (compilation_ == nullptr && slices_ > 1) compilation_ = copy_snapshot();
    if (compilation_ == nullptr && slices_ > 1) compilation_ = (own_ = checked_library()).get();
  } else if (state_ == State::Taken) {
    compilation_ = nullptr;
  }
  state_ = State::Taken;
  return compilation_;
}

void Workspace::give_back() {
  if (compilation_ == nullptr) return;
  compilation_->rewind();
  state_ = State::Ready;
}

}  // namespace stackc
