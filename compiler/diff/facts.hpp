#pragma once

#include <string_view>

#include "compiler/diff/slot.hpp"

/// What AWS documents and its types do not say: small tables, each row with the page that it is from.
namespace stackc::diff {

/// Whether the list at `slot` is of tags, so that an empty one is none.
bool is_tags(const Slot& slot);

/// Whether AWS ignores the order of the list at `slot`.
bool ignores_order(const Slot& slot);

/// What AWS uses when the property is absent, as text; empty: nothing is documented, or the types say it.
std::string_view documented_default(const Slot& slot);

/// Whether a change of the top-level property `name` stops the resource for a while: "Update requires: Some
/// interruptions".
bool interrupts(std::string_view type, std::string_view name);

/// Whether an update in place may give the attribute another value though no property of its name changes.
bool changes_on_update(std::string_view type, std::string_view attribute);

/// Whether the value at `slot` is a password or the like.
bool holds_secret(const Slot& slot);

/// Whether the text at `slot` is a JSON document, so that only what it says counts.
bool holds_json(const Slot& slot);

}  // namespace stackc::diff
