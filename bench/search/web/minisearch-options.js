export const options = {
  fields: ["title", "provider", "subjects", "skills", "place", "summary", "body"],
  idField: "path",
  storeFields: ["path", "title"],
  searchOptions: { boost: { title: 3, provider: 2, subjects: 2 }, prefix: true, fuzzy: 0.2 },
};
