#include <algorithm>

#include "compiler/sema/stage.hpp"

namespace stackc::sema {

void MapStage::put(std::string_view name, Stage value) {
  const auto at = std::ranges::find(fields_, name, &StageField::name);
  if (at == fields_.end()) fields_.push_back({name, value});
  else at->stage = value;
}

void MapStage::spread(Stage value, bool optional) {
  if (optional) {
    own_ = stages_.join(own_, stages_.flat(value));
    value = stages_.element(value);
  }
  own_ = stages_.join(own_, stages_.flat(value));
  for (const StageField& f : value->fields) put(f.name, f.stage);
  if (!value->fields.empty() && value->element == nullptr) return;
  // A map: any key may be in it, also one that stands here already.
  const Stage content = stages_.element(value);
  for (StageField& f : fields_) {
    if (std::ranges::find(value->fields, f.name, &StageField::name) == value->fields.end())
      f.stage = stages_.join(f.stage, content);
  }
  rest_ = rest_ == nullptr ? content : stages_.join(rest_, content);
}

Stage MapStage::stage() {
  const Stage named = stages_.with_fields(own_, std::move(fields_));
  return rest_ == nullptr ? named : stages_.with_element(named, rest_);
}

}  // namespace stackc::sema
