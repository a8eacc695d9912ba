//! The GraphQL service: schema, resolvers, HTTP, limits
