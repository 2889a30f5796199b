#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "compiler/deploy/deploy.hpp"
#include "compiler/deploy/table.hpp"
#include "compiler/iam/iam.hpp"
#include "compiler/ir/ir.hpp"

/// Which resources a permission is for, as far as a template shows.
namespace stackc::deploy {

/// `text` of a template with what is known of `target` filled in and `*` for the rest: a literal, `Ref` of a pseudo
/// parameter, `Fn::Sub`, `Fn::Join`. Empty when `v` is null.
std::string pattern_of(ir::ValueRef v, const Target& target);

/// The name of a resource of `t`: the one that it is given, that of the resource it names, or as CloudFormation makes it.
std::string name_of(const ir::Resource& r, const Needs& needs, const ir::Template& t, const Target& target);

/// The ARNs of a type of resource; `name` stands for the last thing that its form leaves open, `*` for the others.
std::vector<std::string> arns_of(iam::ResourceType type, std::string_view name, const Target& target);

/// What stands for everything of the service of `arn` where it is: `arn:aws:ec2:eu-west-1:111122223333:*`.
std::string arn_of_service(std::string_view arn);

}  // namespace stackc::deploy
