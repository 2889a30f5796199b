#pragma once

#include <string>
#include <vector>

#include "compiler/deploy/deploy.hpp"
#include "compiler/ir/ir.hpp"

/// What a template needs beside its resources: roles that it passes, values that CloudFormation looks up, functions
/// that custom resources call.
namespace stackc::deploy {

/// Roles of the template, passed to whom they trust, and roles from elsewhere, passed to the service that takes them.
std::vector<Statement> passed_roles(const ir::Template& t, const Target& target);
/// Dynamic references, parameters of types that CloudFormation checks, custom resources, transforms.
std::vector<Statement> looked_up(const ir::Template& t, const Target& target);
/// The stack itself.
std::vector<Statement> of_stack(const ir::Template& t, const Target& target);

}  // namespace stackc::deploy
