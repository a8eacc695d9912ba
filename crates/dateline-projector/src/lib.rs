//! Folds the log into views: timelines per official and per topic
