//! Lists in pages, after the Relay Cursor Connections Specification.

use std::borrow::Cow;
use std::str::FromStr;

use async_graphql::resolver_utils::ContainerType;
use async_graphql::{Object, SimpleObject, TypeName};
use dateline_projector::{Page, Slice, Take};

use super::cursor::List;
use super::in_order::InOrder;
use crate::error::FieldError;

/// Most items of one page. The guard counts with the same number.
const MAX_PAGE: i32 = 100;

/// Largest total that is told.
const MAX_TOTAL: usize = 10_000;

/// Where a page stands in its list.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "PageInfo", serial)]
pub(crate) struct PageInfo {
    /// Cursor of the last item of the page; null when the page is empty.
    end_cursor: Option<String>,
    /// Whether the list goes on behind the page.
    has_next_page: bool,
    /// Whether the list has something before the page.
    has_previous_page: bool,
    /// Cursor of the first item of the page; null when the page is empty.
    start_cursor: Option<String>,
}

/// A page of a list.
pub(crate) struct Connection<T> {
    edges: Vec<Edge<T>>,
    page_info: PageInfo,
    total: Option<usize>,
}

/// An item with its place in the list.
pub(crate) struct Edge<T> {
    cursor: String,
    node: T,
}

impl<T> Connection<T> {
    /// The page, with the cursor that `cursor` gives to each item.
    pub(crate) fn of(page: Page<T>, cursor: impl Fn(&T) -> String) -> Self {
        let (has_next_page, has_previous_page) = (page.has_next, page.has_previous);
        let items = page.items.into_iter();
        let edges: Vec<_> = items.map(|node| Edge { cursor: cursor(&node), node }).collect();
        let page_info = PageInfo {
            end_cursor: edges.last().map(|it| it.cursor.clone()),
            has_next_page,
            has_previous_page,
            start_cursor: edges.first().map(|it| it.cursor.clone()),
        };
        Self { edges, page_info, total: None }
    }

    /// The same, with the length of the whole list where it was counted.
    pub(crate) fn with_total(self, total: Option<usize>) -> Self {
        Self { total, ..self }
    }
}

impl<T: ContainerType> TypeName for Connection<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Connection", T::type_name()).into()
    }
}

impl<T: ContainerType> TypeName for Edge<T> {
    fn type_name() -> Cow<'static, str> {
        format!("{}Edge", T::type_name()).into()
    }
}

/// A page of a list, after the Relay Cursor Connections Specification.
#[Object(name_type, serial)]
impl<T: ContainerType> Connection<T> {
    /// The items of the page with their cursors, in the order of the list.
    async fn edges(&self) -> Vec<InOrder<&Edge<T>>> {
        self.edges.iter().map(InOrder).collect()
    }

    /// The items of the page, in the order of the list.
    async fn nodes(&self) -> Vec<InOrder<&T>> {
        self.edges.iter().map(|it| InOrder(&it.node)).collect()
    }

    /// Where the page stands in the list.
    async fn page_info(&self) -> &PageInfo {
        &self.page_info
    }

    /// How many items the whole list has, filters applied. It is counted only where it is asked for; above 10000 it is
    /// 10000.
    async fn total_count(&self) -> Option<usize> {
        self.total.map(|it| it.min(MAX_TOTAL))
    }
}

/// An item of a list with its place in it.
#[Object(name_type, serial)]
impl<T: ContainerType> Edge<T> {
    /// The place of the item in the list, opaque, for `after` and `before`. It stays good when items come and go.
    async fn cursor(&self) -> &str {
        &self.cursor
    }

    /// The item.
    async fn node(&self) -> InOrder<&T> {
        InOrder(&self.node)
    }
}

/// The arguments by which a page is asked for.
pub(crate) struct Paging {
    pub(crate) first: Option<i32>,
    pub(crate) last: Option<i32>,
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
}

impl Paging {
    /// The part of `list` that is meant.
    pub(crate) fn slice<K: FromStr>(&self, list: &List) -> Result<Slice<K>, FieldError> {
        let take = match (self.first, self.last) {
            (Some(first), None) => Take::First(size("first", first)?),
            (None, Some(last)) => Take::Last(size("last", last)?),
            (None, None) => {
                return Err(FieldError::bad_input("one of `first` and `last` must be given"));
            }
            (Some(_), Some(_)) => {
                return Err(FieldError::bad_input("only one of `first` and `last` may be given"));
            }
        };
        let key = |cursor: &Option<String>| cursor.as_ref().map(|it| list.key(it)).transpose();
        Ok(Slice { after: key(&self.after)?, before: key(&self.before)?, take })
    }
}

fn size(argument: &str, size: i32) -> Result<usize, FieldError> {
    usize::try_from(size).ok().filter(|_| (1..=MAX_PAGE).contains(&size)).ok_or_else(|| {
        FieldError::bad_input(format!("`{argument}` is {size}, wanted 1 to {MAX_PAGE}"))
    })
}
