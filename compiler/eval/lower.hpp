#pragma once

#include "compiler/eval/context.hpp"
#include "compiler/eval/target.hpp"

/// The way from values to the template: first `coerce` to the type of the place, then `lower`.
namespace stackc::eval {

/// `v` as the place `target` wants it: resources as ids, scalars as text where text is wanted,
/// durations and sizes in the place's unit. Structure is kept; choices and elements are converted
/// one by one, decided by what `env` knows to hold.
Val coerce(Context& ctx, const Env& env, Val v, Target target);

/// The template value: `none` in a record is left out, elsewhere `AWS::NoValue`.
ir::ValueRef lower(Context& ctx, Val v);

/// The id of a resource of the class that an Id target wants; nothing when the resource has none.
std::optional<ir::ValueRef> identity_as(Context& ctx, const Resource& resource, Target id, Span use);
/// The same by the name of the class: `GroupId`.
std::optional<ir::ValueRef> identity_as(Context& ctx, const Resource& resource, std::string_view member,
                                        Span use);
/// Its ARN; its `Ref` when the schema knows none.
ir::ValueRef arn_of(Context& ctx, const Resource& resource, Span use);
/// What the schema calls the attribute, as a value.
Val attribute_value(Context& ctx, const Resource& resource, std::string_view attribute, Span use);

}  // namespace stackc::eval
